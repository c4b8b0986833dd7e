/** One attempt a call, whatever the client does otherwise: a second retry authority would multiply time and cost. */

interface Stacked {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

const once = (next: (args: unknown) => unknown) => (args: unknown) => next(args);

/** Takes the place of the client's own retries, which go by this name, in a command. */
const IN_PLACE_OF_RETRIES = {
  name: 'retryMiddleware',
  tags: ['RETRY'],
  step: 'finalizeRequest',
  priority: 'high',
  override: true,
};

/** The command, without retries. The client is left as it is. */
export const oneAttempt = <Command extends Stacked>(command: Command): Command => {
  command.middlewareStack.add(once as never, IN_PLACE_OF_RETRIES as never);
  return command;
};
