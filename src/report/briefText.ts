// A program's sentence for people: whole objects that it prints as JSON are left out, since the line with the carets shows them.

/** Shorter ones say more than their place. */
const LONG = 60;
const OBJECT = /(Invalid value: )(\{.*\})(?=: )/s;

/** `…securityContext: Invalid value: {…}: cannot set …`; forms that programs read have every letter. */
export function briefText(message: string): string {
  return message.replace(OBJECT, (whole, before: string, object: string) =>
    object.length <= LONG ? whole : `${before}{…}`,
  );
}
