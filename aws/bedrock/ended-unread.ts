/** Streams that their reader ends before it has read anything. */

/**
 * The events of a stream, which tells when it is ended: a generator that has not begun runs nothing of its own then, what
 * stands in `finally` neither.
 *
 * @param onEnd Called each time that the reader ends it.
 */
export const endedUnread = <Event>(events: AsyncGenerator<Event>, onEnd: () => void): AsyncIterable<Event> => ({
  [Symbol.asyncIterator]: () => ({
    next: () => events.next(),
    return: (value?: unknown) => {
      onEnd();
      return events.return(value);
    },
    throw: (error: unknown) => {
      onEnd();
      return events.throw(error);
    },
  }),
});
