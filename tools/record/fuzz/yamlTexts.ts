// Draws YAML texts from a grammar that knows every style, and breaks some of them: what go-yaml reads or refuses in odd ways.
import fc from "fast-check";

const SCALARS =
  `0 1 -1 +1 007 0o7 0o 08 0x1F 0X1f 0b101 0b2 1_000 _1 1__0 1. .5 -.5 +.5 1e3 1E+3 1e 0.0 -0 -0.0 .inf -.Inf +.INF .nan
.NaN . .. ... --- ~ null Null NULL nul true True yes Yes on off Off n N y NO tRue 2001-01-01 2001-01-01T00:00:00Z 12:30:45 1:60
18446744073709551615 18446744073709551616 9223372036854775808 -9223372036854775809 0x8000000000000000 1e400 123456789012345678901
a a-b a:b a#b a,b a]b -a ?a :a @a \`a %a !a &a *a |a >a 'a' "a" <<  = a=b é \u00a0 \u{1f600} \ufeff 1.0.0 0.1e-7 1e21 1e20 100000000000000000000.5
0777777777777777777777 -0x1 -0b1 +0x1 0x 0b 0_ 1_ 1,2`.split(/\s+/);
const scalar = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...SCALARS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const quoted = fc.oneof(
  fc.constantFrom(
    "''",
    "'it''s'",
    "'a\n  b'",
    '""',
    '"a\\nb"',
    '"\\x41"',
    '"\\u00e9"',
    '"\\U0001F600"',
    '"\\ud800"',
    '"\\q"',
  ),
  fc.constantFrom(
    '"a\\\n  b"',
    '"a\n\n  b"',
    "'a",
    '"a',
    '"\\/"',
    '"\\e"',
    '"\\0"',
    '"\\N\\_\\L\\P"',
    '"\\ "',
    '"tab\there"',
  ),
  scalar.map((text) => JSON.stringify(text)),
);
const tag = fc
  .constantFrom(
    "",
    "",
    "",
    "",
    "!!str ",
    "!!int ",
    "!!float ",
    "!!bool ",
    "!!null ",
    "!!binary ",
    "!!map ",
    "!!seq ",
  )
  .chain((standard) =>
    fc.constantFrom(
      standard,
      standard,
      standard,
      "!!timestamp ",
      "!x ",
      "!<tag:yaml.org,2002:str> ",
      "! ",
      "!!set ",
    ),
  );
const anchor = fc.constantFrom("", "", "", "&a ", "&b ");
const block = fc
  .tuple(
    fc.constantFrom("|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "|0", "|-2", "|9", "| # c", "|x"),
    fc.array(fc.constantFrom("a", " b", "", "  c", "\t", "# d", "a b ", "---"), { maxLength: 4 }),
  )
  .map(([head, lines]) => ({ head, lines }));

type Node = (indent: number) => string;
const pad = (indent: number) => " ".repeat(indent);

const inline: fc.Arbitrary<string> = fc.letrec<{ flow: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    { weight: 5, arbitrary: scalar },
    { weight: 2, arbitrary: quoted },
    { weight: 1, arbitrary: fc.constantFrom("*a", "*b", "*c", "") },
  ),
  flow: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    { weight: 5, arbitrary: fc.tuple(anchor, tag, tie("leaf")).map((parts) => parts.join("")) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(tie("flow"), { maxLength: 3 }), fc.constantFrom(", ", ",", " , ", ",\n  "))
        .map(([items, comma]) => `[${items.join(comma)}]`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.array(fc.tuple(tie("leaf"), fc.constantFrom(": ", ":", " : ", ""), tie("flow")), {
            maxLength: 3,
          }),
          fc.constantFrom("}", "}", "}", ""),
        )
        .map(([pairs, close]) => `{${pairs.map((pair) => pair.join("")).join(", ")}${close}`),
    },
  ),
})).flow;

const node: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    {
      weight: 4,
      arbitrary: inline.map(
        (text): Node =>
          () =>
            ` ${text}`,
      ),
    },
    {
      weight: 1,
      arbitrary: block.map(
        ({ head, lines }): Node =>
          (indent) =>
            ` ${head}\n${lines.map((line) => (line === "" ? "" : pad(indent) + line)).join("\n")}`,
      ),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          anchor,
          tag,
          fc.array(
            fc.tuple(
              fc.oneof(
                { weight: 4, arbitrary: scalar },
                { weight: 1, arbitrary: inline },
                { weight: 1, arbitrary: fc.constantFrom("<<", "? a\n", "a", "b") },
              ),
              fc.constantFrom(":", ":", ":", " :", ":\t", ""),
              tie("node"),
            ),
            { minLength: 1, maxLength: 3 },
          ),
        )
        .map(
          ([mark, kind, pairs]): Node =>
            (indent) =>
              ` ${mark}${kind}\n${pairs.map(([key, colon, value]) => `${pad(indent)}${key}${colon}${value(indent + 2)}`).join("\n")}`,
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(0, 0, 0, 2, -1),
          fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
        )
        .map(
          ([shift, items]): Node =>
            (indent) =>
              `\n${items.map((item) => `${pad(Math.max(0, indent + shift - 2))}-${item(indent + shift)}`).join("\n")}`,
        ),
    },
  ),
})).node;

const COMMENTS = [
  "",
  "",
  "",
  "# c\n",
  "%YAML 1.1\n---\n",
  "---\n",
  "\ufeff",
  "--- # c\n",
  "%TAG ! tag:x,2000:\n---\n",
  "\t",
  "\n\n",
];
const document = fc
  .tuple(
    fc.constantFrom(...COMMENTS),
    fc.array(fc.tuple(scalar, node), { minLength: 1, maxLength: 3 }),
    fc.constantFrom("\n", "\n", "", " # c\n", "\n...\n", "\r\n"),
  )
  .map(
    ([head, pairs, end]) =>
      head + pairs.map(([key, value]) => `${key}:${value(2)}`).join("\n") + end,
  );

/** A text with one character put in, taken out or doubled. */
const broken = fc
  .tuple(
    document,
    fc.nat(),
    fc.constantFrom(
      "",
      "\t",
      " ",
      "\n",
      ":",
      "-",
      "#",
      "'",
      '"',
      "&",
      "*",
      "\r",
      "\0",
      "\u0085",
      "\u2028",
    ),
  )
  .map(([text, at, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + (at % 2));
  });

export const YAML_TEXTS: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: document },
  { weight: 2, arbitrary: broken },
  { weight: 1, arbitrary: inline },
);
/** Documents behind each other, as one file has them. */
export const YAML_STREAMS: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      YAML_TEXTS,
      fc.constantFrom("---\n", "--- \n", "---", "---\r\n", "\n---\n", "...\n---\n", "--- a\n"),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.flat().join(""));
