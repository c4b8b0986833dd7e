/** What the functions print, kept for a while: log lines, and metrics in CloudWatch's embedded metric format. */

/** A printed line and the function it came from. */
export interface OutputLine {
  readonly functionName: string;
  readonly line: string;
}

/** Sums of the metrics in a stretch of output, by name. */
export type MetricSums = ReadonlyMap<string, number>;

/** The last lines that were printed. */
export interface OutputLog {
  readonly lines: readonly OutputLine[];
  add(functionName: string, line: string): void;
  /** A place in the output, for {@link OutputLog.metricsSince}. */
  mark(): number;
  /** Sums of the metrics that a function emitted after `mark`. */
  metricsSince(mark: number, functionName: string): MetricSums;
}

/** Most lines that are kept. */
const MAX_LINES = 50_000;

interface EmbeddedMetrics {
  readonly _aws?: {
    readonly CloudWatchMetrics?: readonly {
      readonly Dimensions?: readonly (readonly string[])[];
      readonly Metrics?: readonly { readonly Name: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

/** The metrics of one line, if it is an EMF document of the service as a whole: what each model did is in there, too. */
export const metricsOf = (line: string): readonly (readonly [string, number])[] => {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const document = JSON.parse(line) as EmbeddedMetrics;
  const ofService = (document._aws?.CloudWatchMetrics ?? []).filter(({ Dimensions = [] }) =>
    Dimensions.some((set) => set.length === 1),
  );
  const names = ofService.flatMap(({ Metrics = [] }) => Metrics.map(({ Name }) => Name));
  return names.map((name) => [name, Number(document[name])] as const);
};

/** An empty log. */
export const createOutputLog = (): OutputLog => {
  const lines: OutputLine[] = [];
  let dropped = 0;
  return {
    lines,
    add(functionName, line) {
      lines.push({ functionName, line });
      if (lines.length <= MAX_LINES) return;
      lines.shift();
      dropped += 1;
    },
    mark: () => dropped + lines.length,
    metricsSince(mark, functionName) {
      const sums = new Map<string, number>();
      for (const entry of lines.slice(Math.max(0, mark - dropped)))
        if (entry.functionName === functionName)
          for (const [name, value] of metricsOf(entry.line)) sums.set(name, (sums.get(name) ?? 0) + value);
      return sums;
    },
  };
};
