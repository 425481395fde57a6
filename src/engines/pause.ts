// The program of a sandbox container: sleeps for ever and lets the kernel end orphans; a whole ELF file, written here.

/** Machine number of the ELF header, and the code: ignore SIGCHLD (dead children then need nobody), sleep, again. */
interface Machine {
  readonly machine: number;
  readonly code: string;
}

/** By Node's name of the architecture. Each code ends with the struct sigaction that it points to. */
const MACHINES: Readonly<Record<string, Machine>> = {
  x64: {
    machine: 62,
    // rt_sigaction(SIGCHLD, {SIG_IGN}, 0, 8); for (;;) pause();
    code: "b80d000000bf11000000488d351700000031d241ba080000000f05b8220000000f05ebf70f1f4000",
  },
  arm64: {
    machine: 183,
    // rt_sigaction(SIGCHLD, {SIG_IGN}, 0, 8); for (;;) ppoll(0, 0, 0, 0);
    code: "200280d2a1010010020080d2030180d2c81080d2010000d4000080d2010080d2020080d2030080d2280980d2010000d4faffff171f2003d5",
  },
};
const SIG_IGN = `01${"00".repeat(31)}`;

const LOAD_ADDRESS = 0x400000n;
const HEADERS = 64 + 56;

/** undefined for an architecture that has no code here. */
export function pauseProgram(architecture: string = process.arch): Buffer | undefined {
  const found = MACHINES[architecture];
  if (found === undefined) return undefined;
  const code = Buffer.from(found.code + SIG_IGN, "hex");
  const size = HEADERS + code.length;
  return Buffer.concat([elfHeader(found.machine), programHeader(size), code]);
}

function elfHeader(machine: number): Buffer {
  const header = Buffer.alloc(64);
  // 64 bits, little-endian, version 1.
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(LOAD_ADDRESS + BigInt(HEADERS), 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  return header;
}

/** One segment, readable and executable: the whole file. */
function programHeader(size: number): Buffer {
  const header = Buffer.alloc(56);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(5, 4);
  header.writeBigUInt64LE(LOAD_ADDRESS, 16);
  header.writeBigUInt64LE(LOAD_ADDRESS, 24);
  header.writeBigUInt64LE(BigInt(size), 32);
  header.writeBigUInt64LE(BigInt(size), 40);
  header.writeBigUInt64LE(0x1000n, 48);
  return header;
}
