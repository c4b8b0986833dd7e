/**
 * Metrics as CloudWatch would read them of a function's output. Source: CloudWatch user guide, "Specification: Embedded
 * metric format".
 */

/** A metric that came out, as an alarm has to name it. */
export interface EmittedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  /** Names of its dimensions, in order. */
  readonly dimensions: readonly string[];
}

/** One value of a metric. */
export interface EmittedPoint extends EmittedMetric {
  readonly value: number;
  /** Values of its dimensions by name. */
  readonly at: Readonly<Record<string, string>>;
  /** Lambda's id of the request that it belongs to. */
  readonly requestId: string | undefined;
}

interface Document {
  readonly _aws?: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

/** What CloudWatch takes: a finite number. Powertools writes others as null, and says nothing. */
const numberOf = (document: Document, name: string): number => {
  const value = document[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`EMF: ${name} is no number`);
  return value;
};

const dimensionOf = (document: Document, name: string): string => {
  const value = document[name];
  if (typeof value !== 'string' || value === '') throw new Error(`EMF: the dimension ${name} has no value`);
  return value;
};

const pointsOf = (document: Document): readonly EmittedPoint[] =>
  (document._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((dimensions) =>
      Metrics.map(({ Name, Unit }) => ({
        namespace: Namespace,
        name: Name,
        unit: Unit,
        dimensions: dimensions.toSorted(),
        value: numberOf(document, Name),
        at: Object.fromEntries(dimensions.map((dimension) => [dimension, dimensionOf(document, dimension)])),
        requestId: document['requestId'] as string | undefined,
      })),
    ),
  );

/**
 * Every value in what a function wrote, by each of its dimension sets. Lines that are no EMF are passed over.
 *
 * @throws Error for a value that is no finite number, and for a dimension without a value.
 */
export const parseEmf = (lines: readonly string[]): readonly EmittedPoint[] =>
  lines.filter((line) => line.includes('"CloudWatchMetrics"')).flatMap((line) => pointsOf(JSON.parse(line)));

/** The metrics that came out, each once, in order. */
export const metricsOf = (points: readonly EmittedPoint[]): readonly EmittedMetric[] => {
  const metrics = new Map<string, EmittedMetric>();
  for (const { namespace, name, unit, dimensions } of points)
    metrics.set(JSON.stringify([namespace, name, dimensions, unit]), { namespace, name, unit, dimensions });
  return [...metrics].toSorted(([a], [b]) => a.localeCompare(b)).map(([, metric]) => metric);
};

/** Runs `work`, and returns the lines that were written to standard output meanwhile; they go nowhere else. */
export const linesWritten = async (work: () => unknown): Promise<readonly string[]> => {
  const written: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    done?.();
    return true;
  }) as typeof process.stdout.write;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return written.join('').split('\n').filter(Boolean);
};
