// Comments stay with what they speak of: beside what is added, and gone with the line that is taken out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../model/edit.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { readManifest } from "../manifest.ts";
import { editsFor } from "./editsFor.ts";

const CONTEXT = ["spec", "securityContext"];
const CAPABILITIES = ["spec", "containers", 0, "securityContext", "capabilities"];
const ADD = [...CAPABILITIES, "add"];

interface Row {
  readonly says: string;
  /** Of the pod, from `spec` on. */
  readonly before: string;
  readonly changes: readonly FieldChange[];
  readonly after: string;
}

function set(...names: readonly string[]): FieldChange[] {
  const values: Record<string, unknown> = { runAsNonRoot: true, privileged: false, fsGroup: 9 };
  return names.map((name) => ({ path: [...CONTEXT, name], to: values[name] }));
}
function gone(...names: readonly string[]): FieldChange[] {
  return names.map((name) => ({ path: [...CONTEXT, name], to: undefined }));
}
function added(...to: readonly string[]): FieldChange[] {
  return [{ path: ADD, to }];
}

const FLOW_ADDED: readonly Row[] = [
  {
    says: "added behind a comment that follows the comma",
    before: `spec:
  securityContext: {runAsUser: 5, # the user
    privileged: true}
`,
    changes: set("fsGroup"),
    after: `spec:
  securityContext: {runAsUser: 5, # the user
    fsGroup: 9,
    privileged: true}
`,
  },
  {
    says: "added behind the last one, whose comment stands before the bracket",
    before: `spec:
  securityContext: {
    runAsUser: 5 # the user
  }
`,
    changes: set("fsGroup", "privileged"),
    after: `spec:
  securityContext: {
    runAsUser: 5, # the user
    fsGroup: 9,
    privileged: false
  }
`,
  },
  {
    says: "a comma behind the last one stays the way",
    before: `spec:
  securityContext: {
    runAsUser: 5, # the user
  }
`,
    changes: set("fsGroup"),
    after: `spec:
  securityContext: {
    runAsUser: 5, # the user
    fsGroup: 9,
  }
`,
  },
  {
    says: "added before the first, whose comment is its own",
    before: `spec:
  securityContext: { runAsUser: 5 # the user
  }
`,
    changes: set("runAsNonRoot"),
    after: `spec:
  securityContext: { runAsNonRoot: true, runAsUser: 5 # the user
  }
`,
  },
  {
    says: "added below the only one, which does not begin its line",
    before: `spec:
  securityContext: { runAsUser: 5 # the user
  }
`,
    changes: set("fsGroup"),
    after: `spec:
  securityContext: { runAsUser: 5, # the user
                     fsGroup: 9
  }
`,
  },
  {
    says: "commas that begin the lines",
    before: `spec:
  securityContext:
    { runAsUser: 5 # the user
    , privileged: true # devices
    }
`,
    changes: set("fsGroup"),
    after: `spec:
  securityContext:
    { runAsUser: 5 # the user
    , fsGroup: 9
    , privileged: true # devices
    }
`,
  },
  {
    says: "an item of a list",
    before: `spec:
  containers:
  - securityContext:
      capabilities:
        add: [
          CHOWN, # files
          KILL # processes
        ]
`,
    changes: added("CHOWN", "KILL", "SETUID"),
    after: `spec:
  containers:
  - securityContext:
      capabilities:
        add: [
          CHOWN, # files
          KILL, # processes
          SETUID
        ]
`,
  },
];

const FLOW_REMOVED: readonly Row[] = [
  {
    says: "the first, with its comment",
    before: `spec:
  securityContext: {runAsUser: 0, # root
    fsGroup: 6} # of the pod
`,
    changes: gone("runAsUser"),
    after: `spec:
  securityContext: {
    fsGroup: 6} # of the pod
`,
  },
  {
    says: "a line in the middle",
    before: `spec:
  securityContext: {
    runAsGroup: 6, # the group
    runAsUser: 0, # root
    # the files
    fsGroup: 6, # last
  }
`,
    changes: gone("runAsUser"),
    after: `spec:
  securityContext: {
    runAsGroup: 6, # the group
    # the files
    fsGroup: 6, # last
  }
`,
  },
  {
    says: "the last: the comma before it goes, the comments of others stay",
    before: `spec:
  securityContext: {
    fsGroup: 6, # files
    runAsUser: 0 # root
  }
`,
    changes: gone("runAsUser"),
    after: `spec:
  securityContext: {
    fsGroup: 6 # files
  }
`,
  },
  {
    says: "the last, for another one",
    before: `spec:
  securityContext: {
    fsGroup: 6, # files
    runAsUser: 0 # root
  }
`,
    changes: [...gone("runAsUser"), ...set("privileged")],
    after: `spec:
  securityContext: {
    fsGroup: 6, # files
    privileged: false
  }
`,
  },
  {
    says: "a comment on a line that stays, stays",
    before: `spec:
  securityContext: {
    fsGroup: 6, runAsUser: 0, # both
    runAsGroup: 6 # group
  }
`,
    changes: gone("runAsUser"),
    after: `spec:
  securityContext: {
    fsGroup: 6, # both
    runAsGroup: 6 # group
  }
`,
  },
  {
    says: "commas that begin the lines: the last and one in the middle",
    before: `spec:
  securityContext:
    { fsGroup: 6 # files
    , runAsUser: 0 # root
    , runAsGroup: 7 # group
    , privileged: true
    }
`,
    changes: gone("runAsUser", "privileged"),
    after: `spec:
  securityContext:
    { fsGroup: 6 # files
    , runAsGroup: 7 # group
    }
`,
  },
  {
    says: "two on one line",
    before: `spec:
  securityContext: {
    runAsUser: 0, runAsGroup: 0, # both
    fsGroup: 6 # files
  }
`,
    changes: gone("runAsUser", "runAsGroup"),
    after: `spec:
  securityContext: {
    fsGroup: 6 # files
  }
`,
  },
  {
    says: "all, for another one: comments of their own lines stay",
    before: `spec:
  securityContext: {
    # why
    runAsUser: 0, # root
    runAsGroup: 0 # root, too
  }
`,
    changes: [...gone("runAsUser", "runAsGroup"), ...set("runAsNonRoot")],
    after: `spec:
  securityContext: {
    # why
    runAsNonRoot: true
  }
`,
  },
  {
    says: "all: what is said right behind the bracket stays",
    before: `spec:
  securityContext: { # of the pod
    # why
    runAsUser: 0 # root
  }
`,
    changes: gone("runAsUser"),
    after: `spec:
  securityContext: {} # of the pod
`,
  },
  {
    says: "items of a list, CRLF and tabs in comments",
    before:
      "spec:\r\n  containers:\r\n  - securityContext:\r\n      capabilities:\r\n        add: [\r\n          SYS_ADMIN,\t#\tmount\r\n          KILL # processes\r\n        ]\r\n",
    changes: added("KILL"),
    after:
      "spec:\r\n  containers:\r\n  - securityContext:\r\n      capabilities:\r\n        add: [\r\n          KILL # processes\r\n        ]\r\n",
  },
];

const BLOCK: readonly Row[] = [
  {
    says: "the first, a nested one and the last of a block, each with its comment",
    before: `spec:
  hostPID: true # debugger
  # the network
  hostNetwork: true
  securityContext:
    runAsUser: 0 # root
    seLinuxOptions: # label
      # which
      type: spc_t # unconfined
      # user: x
    fsGroup: 6 # files
    sysctls: # the node's
      # shared memory
      - name: a # one
        value: b
`,
    changes: [
      { path: ["spec", "hostPID"], to: undefined },
      ...gone("runAsUser", "seLinuxOptions", "sysctls"),
    ],
    after: `spec:
  # the network
  hostNetwork: true
  securityContext:
    fsGroup: 6 # files
`,
  },
  {
    says: "a comment goes on below its line",
    before: `spec:
  hostPID: true # for the debugger
                # that we start by hand
  # the network
  hostNetwork: true
`,
    changes: [{ path: ["spec", "hostPID"], to: undefined }],
    after: `spec:
  # the network
  hostNetwork: true
`,
  },
  {
    says: "items of a list with dashes not indented, and no last line break",
    before: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        - SYS_ADMIN # mount
        # files
        - CHOWN # chown
        - SYS_TIME # clock
          # and its zone
        - KILL
        - NET_RAW # ping`,
    changes: added("CHOWN", "KILL"),
    after: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        # files
        - CHOWN # chown
        - KILL`,
  },
  {
    says: "a word that takes the place of another one, and one that is only respelled",
    before: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        - SYS_ADMIN # mount
        - CAP_CHOWN # files
`,
    changes: added("NET_BIND_SERVICE", "CHOWN"),
    after: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        - NET_BIND_SERVICE
        - CHOWN # files
`,
  },
  {
    says: "fewer words, one of them respelled",
    before: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        - SYS_ADMIN # mount
        - cap_chown # files
`,
    changes: added("CHOWN"),
    after: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        - CHOWN # files
`,
  },
  {
    says: "the last line, for a word, without a line break",
    before: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        - CHOWN # files
        - SYS_ADMIN # mount`,
    changes: added("CHOWN", "KILL"),
    after: `spec:
  containers:
  - securityContext:
      capabilities:
        add:
        - CHOWN # files
        - KILL`,
  },
  {
    says: "behind a dash: the next one takes its place, what is said of it goes above",
    before: `spec:
  containers:
  - name: a
    ports:
    - hostPort: 80 # of the node
      # the real one
      containerPort: 8080 # http
    - containerPort: 81 # more
      hostPort: 81 # of the node
      name: x # its name
`,
    changes: [0, 1].map((index) => ({
      path: ["spec", "containers", 0, "ports", index, "hostPort"],
      to: undefined,
    })),
    after: `spec:
  containers:
  - name: a
    ports:
    # the real one
    - containerPort: 8080 # http
    - containerPort: 81 # more
      name: x # its name
`,
  },
  {
    says: "nothing stays behind a dash",
    before: `spec:
  containers:
  - name: a
    ports:
    - hostPort: 80 # of the node
    - containerPort: 81
`,
    changes: [{ path: ["spec", "containers", 0, "ports", 0, "hostPort"], to: undefined }],
    after: `spec:
  containers:
  - name: a
    ports:
    - {}
    - containerPort: 81
`,
  },
  {
    says: "all of a block: nothing is left over, what is said behind the key stays",
    before: `spec:
  securityContext: # of the pod
    # it needs root
    runAsUser: 0 # root
    # runAsGroup: 0
  # the only one
  containers:
  - securityContext:
      capabilities:
        add: # what for
        # mount
        - SYS_ADMIN # mount
`,
    changes: [...gone("runAsUser"), ...added()],
    after: `spec:
  securityContext: {} # of the pod
  # the only one
  containers:
  - securityContext:
      capabilities:
        add: [] # what for
`,
  },
  {
    says: "all of a block, for something else: comments of their own lines stay",
    before: `spec:
  securityContext:
    # it needs root
    runAsUser: 0 # root
    # and its group
    runAsGroup: 0 # root, too
  containers:
  - securityContext: # its own
      privileged: true # devices
`,
    changes: [
      ...gone("runAsUser", "runAsGroup"),
      ...set("runAsNonRoot"),
      { path: ["spec", "containers", 0, "securityContext"], to: { runAsUser: 5 } },
    ],
    after: `spec:
  securityContext:
    # it needs root
    runAsNonRoot: true
    # and its group
  containers:
  - securityContext: # its own
      runAsUser: 5
`,
  },
  {
    says: "the last line of a text without a last line break, CRLF",
    before: "spec:\r\n  hostIPC: false # no\r\n  hostPID: true # debugger",
    changes: [{ path: ["spec", "hostPID"], to: undefined }],
    after: "spec:\r\n  hostIPC: false # no",
  },
  {
    says: "added below a comment that goes on",
    before: `spec:
  securityContext:
    runAsUser: 5 # someone
                 # of ours
    privileged: true # devices
`,
    changes: set("fsGroup"),
    after: `spec:
  securityContext:
    runAsUser: 5 # someone
                 # of ours
    fsGroup: 9
    privileged: true # devices
`,
  },
];

for (const [group, rows] of Object.entries({ FLOW_ADDED, FLOW_REMOVED, BLOCK })) {
  for (const { says, before, changes, after } of rows) {
    test(`${group}: ${says}`, () => {
      const text = `kind: Pod\n${before}`;
      const [document] = readManifest(text, "pod.yaml").pods;
      assert.ok(document);
      const answer = editsFor(document, changes);
      assert.deepEqual(answer.refused, []);
      const edited = applyEdits(text, answer.edits);
      assert.equal(edited, `kind: Pod\n${after}`);
      const [changed] = readManifest(edited, "pod.yaml").pods;
      assert.deepEqual(changed?.object, applyChanges(document.object, changes));
    });
  }
}
