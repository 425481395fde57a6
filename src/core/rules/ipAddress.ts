// IP addresses as Kubernetes reads them in its older fields: octets may have leading zeros, as they had in old Go.
// @see k8s.io/utils net/parse.go ParseIPSloppy, internal/third_party/forked/golang/net/ip.go

export interface IpAddress {
  /** Eight groups of 16 bits; a version 4 address is mapped: `::ffff:0:0/96`. */
  readonly groups: readonly number[];
  /** Written with dots alone. */
  readonly isVersion4: boolean;
  /** Also a strict reader takes it: no leading zeros. */
  readonly isStrict: boolean;
}

export function parseIpSloppy(text: string): IpAddress | undefined {
  for (const character of text) {
    if (character === ".") return version4(text);
    if (character === ":") return version6(text);
  }
  return undefined;
}

export function isVersion4InVersion6({ groups, isVersion4 }: IpAddress): boolean {
  return !isVersion4 && groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

/** As Go prints it: the longest run of zeros is `::`, and what is mapped is written with dots. */
export function ipText({ groups }: IpAddress): string {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return dotted(groups);
  const run = longestRun(groups);
  const texts = groups.map((group) => group.toString(16));
  if (run.length < 2) return texts.join(":");
  const head = texts.slice(0, run.start).join(":");
  return `${head}::${texts.slice(run.start + run.length).join(":")}`;
}

function dotted(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function longestRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function version4(text: string): IpAddress | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^[0-9]+$/.test(octet))) return undefined;
  const numbers = octets.map(Number);
  if (numbers.some((number) => number > 255)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  const isStrict = octets.every((octet) => octet.length === 1 || !octet.startsWith("0"));
  return {
    groups: [0, 0, 0, 0, 0, 0xffff, (a << 8) | b, (c << 8) | d],
    isVersion4: true,
    isStrict,
  };
}

function version6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const parsed = halves.map((half, index) => groupsOf(half, index === halves.length - 1));
  const [head, tail] = parsed;
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const given = head.groups.length + (tail?.groups.length ?? 0);
  if (halves.length === 1 ? given !== 8 : given > 7) return undefined;
  const zeros = Array<number>(8 - given).fill(0);
  const isStrict = head.isStrict && tail?.isStrict !== false;
  return {
    groups: [...head.groups, ...zeros, ...(tail?.groups ?? [])],
    isVersion4: false,
    isStrict,
  };
}

/** The last group may be an address of version 4. */
function groupsOf(
  text: string,
  isLast: boolean,
): { groups: number[]; isStrict: boolean } | undefined {
  if (text === "") return { groups: [], isStrict: true };
  const groups: number[] = [];
  let isStrict = true;
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (isLast && index === parts.length - 1 && part.includes(".")) {
      const tail = version4(part);
      if (tail === undefined) return undefined;
      groups.push(...tail.groups.slice(6));
      isStrict &&= tail.isStrict;
      continue;
    }
    if (!/^[0-9a-fA-F]+$/.test(part)) return undefined;
    const group = Number.parseInt(part, 16);
    if (group > 0xffff) return undefined;
    isStrict &&= part.length <= 4;
    groups.push(group);
  }
  return { groups, isStrict };
}
