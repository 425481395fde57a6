// What Go's strconv.Atoi says of a text that is no integer of 64 bits.
// @see go strconv/atoi.go Atoi
import { goQuote } from "./goText.ts";
import { atoi } from "./passwd.ts";

export function goAtoiError(text: string): string {
  const why = atoi(text) === "range" ? "value out of range" : "invalid syntax";
  return `strconv.Atoi: parsing ${goQuote(text)}: ${why}`;
}
