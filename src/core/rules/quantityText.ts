// A resource quantity in its canonical spelling, which messages print: `1500m`, `1Gi`, `2e3`.
// @see apimachinery v0.37.2 pkg/api/resource/quantity.go CanonicalizeBytes
import { JsonDecimal, type JsonValue } from "../model/json.ts";
import { trimSpace } from "./goStrings.ts";
import { milliUnits, type Nano, parseQuantity } from "./quantity.ts";

export interface Quantity {
  readonly nano: Nano;
  /** How it was written, which decides how it is printed. */
  readonly format: "binary" | "decimal" | "exponent";
}

const UNIT: Nano = 1_000_000_000n;
const MILLI: Nano = 1_000_000n;
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL: Readonly<Record<number, string>> = {
  [-9]: "n",
  [-6]: "u",
  [-3]: "m",
  0: "",
  3: "k",
  6: "M",
  9: "G",
  12: "T",
  15: "P",
  18: "E",
};

/** Of a decoded value; what is no quantity has been refused before and counts as zero. */
export function quantityOf(value: JsonValue | undefined): Quantity {
  const text = value instanceof JsonDecimal ? value.literal : String(value ?? "0");
  const trimmed = trimSpace(text);
  const nano = parseQuantity(trimmed) ?? 0n;
  const format = trimmed.endsWith("i")
    ? "binary"
    : /\d[eE][-+\d]/.test(trimmed)
      ? "exponent"
      : "decimal";
  return { nano, format };
}

/**
 * As the lists of a pod's resources have it.
 * @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_ResourceList
 */
export function roundedToMilli({ nano, format }: Quantity): Quantity {
  return { nano: milliUnits(nano) * MILLI, format };
}

export function quantityText(value: JsonValue | undefined): string {
  return textOfQuantity(quantityOf(value));
}

export function textOfQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return "0";
  const small = nano > -1024n * UNIT && nano < 1024n * UNIT;
  if (format === "binary" && !small && nano % UNIT === 0n) {
    const [number, power] = withoutFactors(nano / UNIT, 1024n);
    return `${number}${BINARY[power] ?? ""}`;
  }
  const [digits, zeros] = withoutFactors(nano, 10n);
  const exponent = Math.floor((zeros - 9) / 3) * 3;
  const number = digits * 10n ** BigInt(zeros - 9 - exponent);
  if (format === "exponent") return exponent === 0 ? String(number) : `${number}e${exponent}`;
  return `${number}${DECIMAL[exponent] ?? ""}`;
}

function withoutFactors(value: bigint, factor: bigint): [value: bigint, removed: number] {
  let left = value;
  let removed = 0;
  while (left !== 0n && left % factor === 0n) {
    left /= factor;
    removed += 1;
  }
  return [left, removed];
}
