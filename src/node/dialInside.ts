// A TCP connection that begins inside a network namespace, where a pod's loopback and addresses are.
//
// A process cannot enter another network namespace for one socket alone, so a small relay does: it connects there and
// passes bytes between the socket and its standard streams. perl starts in five milliseconds.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { connect } from "node:net";
import { Duplex } from "node:stream";
import { needProgram } from "./programs.ts";

export interface DialTarget {
  /** Path of the network namespace; undefined: that of this process. */
  readonly namespace: string | undefined;
  readonly host: string;
  readonly port: number;
}

/** The connection could not be made; the message is Go's. */
export class DialError extends Error {
  readonly timedOut: boolean;

  constructor(target: DialTarget, reason: string) {
    const { host, port } = target;
    const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    const failed = `dial tcp ${address}: ${reason}`;
    super(reason.startsWith("lookup ") ? `dial tcp: ${reason}` : failed);
    this.timedOut = reason === TIMED_OUT;
  }
}

const TIMED_OUT = "i/o timeout";

/** Arguments: host, port. Says `+` on standard error when connected, else why not. */
const RELAY = `use strict; use Socket qw(:DEFAULT getaddrinfo);
my ($host, $port) = @ARGV;
my ($error, @found) = getaddrinfo($host, $port, { socktype => SOCK_STREAM });
if ($error) { print STDERR "lookup $host: no such host"; exit 1 }
my $socket;
socket($socket, $found[0]{family}, SOCK_STREAM, 0) && connect($socket, $found[0]{addr})
  or do { print STDERR "connect: " . lc($!); exit 1 };
syswrite(STDERR, "+");
sub pass { my ($to, $bytes) = @_; while (length $bytes) { my $n = syswrite($to, $bytes) // exit 0; substr($bytes, 0, $n) = "" } }
my $open = 1; my $bytes;
while (1) {
  my $ready = ""; vec($ready, fileno($socket), 1) = 1; vec($ready, 0, 1) = 1 if $open;
  select($ready, undef, undef, undef) >= 0 or next;
  if (vec($ready, 0, 1)) { if (sysread(STDIN, $bytes, 65536)) { pass($socket, $bytes) } else { $open = 0; shutdown($socket, 1) } }
  if (vec($ready, fileno($socket), 1)) { if (sysread($socket, $bytes, 65536)) { pass(\\*STDOUT, $bytes) } else { exit 0 } }
}
`;

/**
 * @returns both ends of the connection; destroying it ends the connection
 * @throws DialError
 */
export function dialInside(target: DialTarget, timeoutMs: number): Promise<Duplex> {
  return target.namespace === undefined
    ? dialHere(target, timeoutMs)
    : dialThere(target, timeoutMs);
}

const GO_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connect: connection refused",
  EHOSTUNREACH: "connect: no route to host",
  ENETUNREACH: "connect: network is unreachable",
  ETIMEDOUT: "connect: connection timed out",
  ECONNRESET: "connect: connection reset by peer",
};

function dialHere(target: DialTarget, timeoutMs: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect(target.port, target.host);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new DialError(target, TIMED_OUT));
    }, timeoutMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.on("error", ({ code = "", message }: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const lookup = code === "ENOTFOUND" ? `lookup ${target.host}: no such host` : undefined;
      reject(new DialError(target, lookup ?? GO_WORDS[code] ?? message));
    });
  });
}

function dialThere(target: DialTarget, timeoutMs: number): Promise<Duplex> {
  const { namespace = "", host, port } = target;
  const child = spawn(
    needProgram("setpriv"),
    [
      ...["--pdeathsig", "KILL", needProgram("nsenter"), `--net=${namespace}`, "--"],
      ...[needProgram("perl"), "-e", RELAY, host, String(port)],
    ],
    { stdio: "pipe", env: { LC_ALL: "C" }, cwd: "/" },
  );
  const stream = joined(child);
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (reason: string): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      stream.destroy();
      reject(new DialError(target, reason));
    };
    const timer = setTimeout(() => fail(TIMED_OUT), timeoutMs);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said !== "+") return;
      clearTimeout(timer);
      resolve(stream);
    });
    child.on("error", (error) => fail(error.message));
    child.on("close", () => fail(said));
  });
}

/** The relay's standard streams as one; a peer that closes early is an end, not an error. */
function joined(child: ChildProcessWithoutNullStreams): Duplex {
  const stream = new Duplex({
    read: () => void child.stdout.resume(),
    write: (bytes: Buffer, _encoding, done) => {
      if (child.stdin.writable) child.stdin.write(bytes, () => done());
      else done();
    },
    final: (done) => {
      child.stdin.end();
      done();
    },
    destroy: (error, done) => {
      child.kill("SIGKILL");
      done(error);
    },
  });
  child.stdin.on("error", () => {});
  child.stdout.on("data", (bytes: Buffer) => {
    if (!stream.push(bytes)) child.stdout.pause();
  });
  child.stdout.on("end", () => stream.push(null));
  return stream;
}
