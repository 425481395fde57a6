import assert from "node:assert/strict";
import { test } from "node:test";
import { unmarshalSeccomp } from "./seccompJson.ts";

/** File and what Go makes of it: the profile as marshalled again, or the error. */
const ROWS: readonly (readonly [string, object | string])[] = [
  ["{}", { defaultAction: "" }],
  ["null", { defaultAction: "" }],
  [
    '{"DefaultAction":"SCMP_ACT_ALLOW","flags":[],"listenerPath":"","other":1}',
    { defaultAction: "SCMP_ACT_ALLOW" },
  ],
  [
    '{"defaultAction":"a","syscalls":[{"name":"mkdir","action":"b"}]}',
    { defaultAction: "a", syscalls: [{ names: null, action: "b" }] },
  ],
  [
    '{"defaultAction":"a","syscalls":[{"names":["x",null],"action":"b","errnoRet":0,"args":[{"op":"c","value":18446744073709551615}]}]}',
    {
      defaultAction: "a",
      syscalls: [
        {
          names: ["x", ""],
          action: "b",
          errnoRet: 0,
          args: [{ index: 0, value: 18446744073709551615n, op: "c" }],
        },
      ],
    },
  ],
  ["[]", "json: cannot unmarshal array into Go value of type specs.LinuxSeccomp"],
  [
    '{"defaultAction":5}',
    "json: cannot unmarshal number into Go struct field LinuxSeccomp.defaultAction of type specs.LinuxSeccompAction",
  ],
  [
    '{"architectures":"x"}',
    "json: cannot unmarshal string into Go struct field LinuxSeccomp.architectures of type []specs.Arch",
  ],
  [
    '{"syscalls":[{"names":["a"],"errnoRet":-1}],"defaultAction":true}',
    "json: cannot unmarshal number -1 into Go struct field LinuxSyscall.syscalls.errnoRet of type uint",
  ],
  [
    '{"syscalls":[{"args":[{"value":1.5}]}]}',
    "json: cannot unmarshal number 1.5 into Go struct field LinuxSeccompArg.syscalls.args.value of type uint64",
  ],
  ["{not", "invalid character 'n' looking for beginning of object key string"],
];

for (const [text, expected] of ROWS) {
  test(text, () => {
    const { profile, error } = { profile: undefined, ...unmarshalSeccomp(text) };
    assert.deepEqual(error ?? profile, expected);
  });
}
