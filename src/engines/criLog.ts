// One line of a container's log file, in the form that CRI runtimes write and the kubelet reads.

/** A line of the container, or a piece of one. */
export interface LogRecord {
  /** RFC 3339, with what parts of a second its writer knew. */
  readonly time: string;
  readonly stream: "stdout" | "stderr";
  /** The container's line ends here. */
  readonly isEnd: boolean;
  /** As it was written, with the newline of a line that ends. */
  readonly text: Buffer;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const COLON = 0x3a;
const PIECE = 0x50;

/**
 * `2026-11-24T01:38:46.61Z stdout F text`; P in place of F marks a piece of a line that goes on.
 * @param line with its newline
 * @returns undefined for what has another form: the torn line of a full disk
 * @see kubernetes v1.37.2 staging/src/k8s.io/cri-client/pkg/logs/logs.go parseCRILog
 */
export function parseCRILog(line: Buffer): LogRecord | undefined {
  const first = line.indexOf(SPACE);
  const second = line.indexOf(SPACE, first + 1);
  const third = line.indexOf(SPACE, second + 1);
  if (first < 0 || second < 0 || third < 0) return undefined;
  const stream = line.toString("latin1", first + 1, second);
  if (stream !== "stdout" && stream !== "stderr") return undefined;
  // Further tags may follow the first, behind a colon.
  const isPiece =
    line[second + 1] === PIECE && (second + 2 === third || line[second + 2] === COLON);
  const text = line.subarray(third + 1, isPiece ? line.length - 1 : line.length);
  return { time: line.toString("latin1", 0, first), stream, isEnd: !isPiece, text };
}

/** What a container has written at once, as lines of its log file; what does not end with a newline is a piece. */
export function criLogLines(
  { time, stream }: Pick<LogRecord, "time" | "stream">,
  bytes: Buffer,
): Buffer {
  const whole = Buffer.from(`${time} ${stream} F `);
  const parts: Buffer[] = [];
  let begin = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, begin)) {
    parts.push(whole, bytes.subarray(begin, end + 1));
    begin = end + 1;
  }
  if (begin < bytes.length) {
    parts.push(Buffer.from(`${time} ${stream} P `), bytes.subarray(begin), Buffer.from("\n"));
  }
  return Buffer.concat(parts);
}

/** @returns the records of all lines that are whole, and the bytes after them */
export function readCRILog(bytes: Buffer): { records: LogRecord[]; rest: Buffer } {
  const records: LogRecord[] = [];
  let begin = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, begin)) {
    const record = parseCRILog(bytes.subarray(begin, end + 1));
    if (record !== undefined) records.push(record);
    begin = end + 1;
  }
  return { records, rest: bytes.subarray(begin) };
}
