import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOfObject } from "../../../../../test/causesOf.ts";
import { soundWorkload } from "../../../../../test/soundWorkload.ts";
import type { JsonObject } from "../../../model/json.ts";

/** What the server says: kube-apiserver's own code, asked by tools/record/fuzz/kubernetes (its uid stands as zeros). */
type Row = readonly [
  kind: string,
  spec: JsonObject,
  causes: readonly string[],
  metadata?: JsonObject,
];

function check(rows: readonly Row[]): void {
  for (const [kind, spec, causes, metadata] of rows) {
    const told = causesOfObject(kind, soundWorkload(kind, spec, metadata));
    assert.deepEqual(told, causes, `${kind} ${JSON.stringify(spec)}`);
  }
}

test("a selector is required, and has to select the template's pods", () => {
  check([
    [
      "Deployment",
      { selector: null },
      [
        "spec.selector: Required value",
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "Deployment",
      { selector: {} },
      ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"],
    ],
    [
      "Deployment",
      { selector: { matchLabels: { app: "other" } } },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "ReplicaSet",
      { selector: { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] } },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "ReplicaSet",
      { selector: {} },
      ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"],
    ],
    [
      "StatefulSet",
      { selector: null },
      [
        "spec.selector: Required value",
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "StatefulSet",
      { selector: {} },
      ["spec.selector: Invalid value: {}: empty selector is invalid for statefulset"],
    ],
    [
      "DaemonSet",
      { selector: null },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "DaemonSet",
      { selector: {} },
      ["spec.selector: Invalid value: {}: empty selector is invalid for daemonset"],
    ],
    [
      "ReplicationController",
      { selector: { app: "other" } },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "ReplicationController",
      { template: null, selector: null },
      ["spec.selector: Required value", "spec.template: Required value"],
    ],
  ]);
});

test("a selector that cannot be read hides what is wrong with the template", () => {
  check([
    [
      "Deployment",
      { selector: { matchLabels: { app: "a b" } } },
      [
        "spec.selector.matchLabels: Invalid value: \"a b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        'spec.selector: Invalid value: {"matchLabels":{"app":"a b"}}: invalid label selector',
      ],
    ],
    [
      "StatefulSet",
      { selector: { matchExpressions: [{ key: "app", operator: "In" }] } },
      [
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"In"}]}',
      ],
    ],
  ]);
});

test("counts", () => {
  check([
    [
      "Deployment",
      { replicas: -1, minReadySeconds: -2, revisionHistoryLimit: -3, progressDeadlineSeconds: -4 },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0",
        "spec.revisionHistoryLimit: Invalid value: -3: must be greater than or equal to 0",
        "spec.progressDeadlineSeconds: Invalid value: -4: must be greater than or equal to 0",
        "spec.progressDeadlineSeconds: Invalid value: -4: must be greater than minReadySeconds",
      ],
    ],
    [
      "Deployment",
      { minReadySeconds: 600 },
      ["spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds"],
    ],
    [
      "ReplicaSet",
      { replicas: -1, minReadySeconds: -2 },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0",
      ],
    ],
    [
      "StatefulSet",
      { replicas: -1, minReadySeconds: -2, ordinals: { start: -3 } },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0",
        "spec.ordinals.start: Invalid value: -3: must be greater than or equal to 0",
      ],
    ],
    [
      "DaemonSet",
      { minReadySeconds: -2, revisionHistoryLimit: -3 },
      [
        "spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0",
        "spec.revisionHistoryLimit: Invalid value: -3: must be greater than or equal to 0",
      ],
    ],
    [
      "ReplicationController",
      { replicas: -1, minReadySeconds: -2 },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0",
      ],
    ],
  ]);
});

test("how a Deployment is updated", () => {
  check([
    [
      "Deployment",
      { strategy: { type: "Recreate", rollingUpdate: {} } },
      [
        "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
      ],
    ],
    [
      "Deployment",
      { strategy: { type: "Replace", rollingUpdate: { maxSurge: "1%" } } },
      [
        'spec.strategy: Unsupported value: {"Type":"Replace","RollingUpdate":{"MaxUnavailable":0,"MaxSurge":"1%"}}: supported values: "Recreate", "RollingUpdate"',
      ],
    ],
    [
      "Deployment",
      { strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: "0%" } } },
      [
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
      ],
    ],
    [
      "Deployment",
      { strategy: { rollingUpdate: { maxUnavailable: "101%", maxSurge: "x" } } },
      [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
      ],
    ],
  ]);
});

test("how a DaemonSet is updated", () => {
  check([
    [
      "DaemonSet",
      { updateStrategy: { type: "Recreate" } },
      [
        'spec.updateStrategy: Unsupported value: {"Type":"Recreate","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
      ],
    ],
    [
      "DaemonSet",
      { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
      [
        "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0",
      ],
    ],
    [
      "DaemonSet",
      { updateStrategy: { rollingUpdate: { maxSurge: "101%" } } },
      [
        'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "101%": must not be greater than 100%',
        'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "101%": may not be set when maxUnavailable is non-zero',
      ],
    ],
  ]);
});

test("how a StatefulSet is updated", () => {
  check([
    [
      "StatefulSet",
      { updateStrategy: { type: "OnDelete", rollingUpdate: { partition: 1 } } },
      [
        'spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy \'RollingUpdate\'',
      ],
    ],
    [
      "StatefulSet",
      { updateStrategy: { type: "Recreate" } },
      [
        'spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be \'RollingUpdate\' or \'OnDelete\'',
      ],
    ],
    [
      "StatefulSet",
      { updateStrategy: { rollingUpdate: { partition: -1, maxUnavailable: "0%" } } },
      [
        "spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0",
        'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "0%": cannot be 0',
      ],
    ],
  ]);
});

test("the rest of a StatefulSet", () => {
  check([
    [
      "StatefulSet",
      {
        serviceName: "a.b",
        podManagementPolicy: "Serial",
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Keep", whenScaled: "Delete" },
      },
      [
        "spec.podManagementPolicy: Invalid value: \"Serial\": must be 'OrderedReady' or 'Parallel'",
        'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Keep": supported values: "Retain", "Delete"',
        'spec.serviceName: Invalid value: "a.b": must not contain dots',
      ],
    ],
    [
      "StatefulSet",
      {
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              dataSource: { kind: "PersistentVolumeClaim", name: "a" },
              dataSourceRef: { kind: "PersistentVolumeClaim", name: "b" },
            },
          },
        ],
      },
      [
        "spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required",
        "spec.volumeClaimTemplates[0].spec.resources[storage]: Required value",
        "spec.volumeClaimTemplates[0].spec: Invalid value: {}: must match dataSourceRef",
      ],
    ],
  ]);
});

test("counts of a Job", () => {
  check([
    [
      "Job",
      {
        parallelism: -1,
        completions: -1,
        activeDeadlineSeconds: -1,
        backoffLimit: -1,
        ttlSecondsAfterFinished: -1,
      },
      [
        "spec.parallelism: Invalid value: -1: must be greater than or equal to 0",
        "spec.completions: Invalid value: -1: must be greater than or equal to 0",
        "spec.activeDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0",
        "spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0",
        "spec.ttlSecondsAfterFinished: Invalid value: -1: must be greater than or equal to 0",
      ],
    ],
    [
      "Job",
      { backoffLimitPerIndex: -1, maxFailedIndexes: -1 },
      [
        "spec.backoffLimitPerIndex: Invalid value: -1: must be greater than or equal to 0",
        "spec.maxFailedIndexes: Invalid value: -1: must be greater than or equal to 0",
        "spec.backoffLimitPerIndex: Invalid value: -1: requires indexed completion mode",
        "spec.maxFailedIndexes: Invalid value: -1: requires indexed completion mode",
      ],
    ],
  ]);
});

test("an indexed Job", () => {
  check([
    [
      "Job",
      { completionMode: "Indexed", parallelism: 100001 },
      [
        "spec.completions: Required value: when completion mode is Indexed",
        "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed",
      ],
    ],
    [
      "Job",
      {
        completionMode: "Indexed",
        completions: 100001,
        parallelism: 10001,
        backoffLimitPerIndex: 1,
      },
      [
        "spec.maxFailedIndexes: Required value: must be specified when completions is above 100000",
        "spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index",
      ],
    ],
    [
      "Job",
      {
        completionMode: "Indexed",
        completions: 100001,
        maxFailedIndexes: 100002,
        backoffLimitPerIndex: 1,
      },
      [
        "spec.maxFailedIndexes: Invalid value: 100002: must be less than or equal to completions",
        "spec.maxFailedIndexes: Invalid value: 100002: must be less than or equal to 100000",
        "spec.maxFailedIndexes: Invalid value: 100002: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index",
      ],
    ],
    [
      "Job",
      { completionMode: "Some" },
      ['spec.completionMode: Unsupported value: "Some": supported values: "NonIndexed", "Indexed"'],
    ],
    [
      "Job",
      { completionMode: "Indexed", completions: 10 },
      [
        'metadata.name: Invalid value: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-1": will not able to create pod with invalid DNS label: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-1-9',
      ],
      { name: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-1" },
    ],
  ]);
});

test("what a Job makes of failed pods", () => {
  check([
    [
      "Job",
      {
        podFailurePolicy: {
          rules: [
            {},
            { action: "x", onExitCodes: {} },
            {
              action: "FailIndex",
              onExitCodes: { containerName: "x", operator: "In", values: [2, 0, 2] },
              onPodConditions: [{ type: "a b", status: "x" }],
            },
          ],
        },
      },
      [
        'spec.podFailurePolicy.rules[0].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]',
        "spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
        'spec.podFailurePolicy.rules[1].action: Unsupported value: "x": supported values: "Count", "FailIndex", "FailJob", "Ignore"',
        'spec.podFailurePolicy.rules[1].onExitCodes.operator: Required value: valid values: ["In" "NotIn"]',
        "spec.podFailurePolicy.rules[1].onExitCodes.values: Invalid value: null: at least one value is required",
        'spec.podFailurePolicy.rules[2].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
        'spec.podFailurePolicy.rules[2].onExitCodes.containerName: Invalid value: "x": must be one of the container or initContainer names in the pod template',
        "spec.podFailurePolicy.rules[2].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator",
        "spec.podFailurePolicy.rules[2].onExitCodes.values[2]: Duplicate value: 2",
        "spec.podFailurePolicy.rules[2].onExitCodes.values: Invalid value: [2,0,2]: must be ordered",
        "spec.podFailurePolicy.rules[2].onPodConditions[0].type: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        'spec.podFailurePolicy.rules[2].onPodConditions[0].status: Unsupported value: "x": supported values: "False", "True", "Unknown"',
        "spec.podFailurePolicy.rules[2]: Invalid value: specifying both OnExitCodes and OnPodConditions is not supported",
      ],
    ],
    [
      "Job",
      {
        podFailurePolicy: {
          rules: [
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
            { action: "Ignore", onPodConditions: [{ type: "A" }] },
          ],
        },
        podReplacementPolicy: "TerminatingOrFailed",
      },
      [
        "spec.podFailurePolicy.rules: Too many: 21: must have at most 20 items",
        'spec.podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"',
      ],
    ],
    [
      "Job",
      { podReplacementPolicy: "x" },
      [
        'spec.podReplacementPolicy: Unsupported value: "x": supported values: "Failed", "TerminatingOrFailed"',
      ],
    ],
  ]);
});

test("when a Job has succeeded", () => {
  check([
    [
      "Job",
      { successPolicy: { rules: [{ succeededIndexes: "<0>" }] } },
      [
        'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":"\\u003c0\\u003e","SucceededCount":null}]}: requires indexed completion mode',
      ],
    ],
    [
      "Job",
      { completionMode: "Indexed", completions: 5, successPolicy: {} },
      [
        "spec.successPolicy.rules: Required value: at least one rules must be specified when the successPolicy is specified",
      ],
    ],
    [
      "Job",
      {
        completionMode: "Indexed",
        completions: 5,
        successPolicy: {
          rules: [
            {},
            { succeededIndexes: "0-4", succeededCount: 6 },
            { succeededIndexes: "1,1" },
            { succeededIndexes: "0-5" },
            { succeededIndexes: "1-2-3" },
            { succeededIndexes: "a" },
            { succeededIndexes: "3-3" },
          ],
        },
      },
      [
        "spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified",
        "spec.successPolicy.rules[1].succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of specified completions)",
        "spec.successPolicy.rules[1].succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of indexes in the specified succeededIndexes field)",
        'spec.successPolicy.rules[2].succeededIndexes: Invalid value: "1,1": error parsing succeededIndexes: non-increasing order, previous: 1, current: 1',
        'spec.successPolicy.rules[3].succeededIndexes: Invalid value: "0-5": error parsing succeededIndexes: too large index: "5"',
        'spec.successPolicy.rules[4].succeededIndexes: Invalid value: "1-2-3": error parsing succeededIndexes: the fragment "1-2-3" violates the requirement that an index interval can have at most two parts separated by \'-\'',
        'spec.successPolicy.rules[5].succeededIndexes: Invalid value: "a": error parsing succeededIndexes: cannot convert string to integer for index: "a"',
        'spec.successPolicy.rules[6].succeededIndexes: Invalid value: "3-3": error parsing succeededIndexes: non-increasing order, previous: 3, current: 3',
      ],
    ],
  ]);
});

test("who looks after a Job", () => {
  check([
    [
      "Job",
      { managedBy: "a" },
      [
        'spec.managedBy: Invalid value: "a": must be a domain-prefixed path (such as "acme.io/foo")',
      ],
    ],
    [
      "Job",
      { managedBy: "A/éééééééééééééééééééééééééééééééééééééééé" },
      [
        "spec.managedBy: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        "spec.managedBy: Invalid value: \"éééééééééééééééééééééééééééééééééééééééé\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
        "spec.managedBy: Too long: may not be more than 63 bytes",
      ],
    ],
  ]);
});

test("the selector of a Job is made for it", () => {
  check([
    [
      "Job",
      { selector: { matchLabels: { app: "web" } } },
      [
        'spec.selector: Invalid value: {"matchLabels":{"app":"web","batch.kubernetes.io/controller-uid":"00000000-0000-0000-0000-000000000000"}}: `selector` not auto-generated',
      ],
    ],
    [
      "Job",
      { manualSelector: true },
      [
        "spec.selector: Required value",
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "Job",
      { manualSelector: true, selector: { matchLabels: { app: "other" } } },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "Job",
      {
        template: {
          metadata: { labels: { "job-name": "x", "batch.kubernetes.io/controller-uid": "y" } },
          spec: { restartPolicy: "Never", containers: [{ name: "c", image: "i" }] },
        },
      },
      [
        'spec.template.metadata.labels[job-name]: Invalid value: {"batch.kubernetes.io/controller-uid":"y","batch.kubernetes.io/job-name":"w","controller-uid":"00000000-0000-0000-0000-000000000000","job-name":"x"}: must be \'w\'',
        'spec.template.metadata.labels[batch.kubernetes.io/controller-uid]: Invalid value: {"batch.kubernetes.io/controller-uid":"y","batch.kubernetes.io/job-name":"w","controller-uid":"00000000-0000-0000-0000-000000000000","job-name":"x"}: must be \'00000000-0000-0000-0000-000000000000\'',
        'spec.template.metadata.labels: Invalid value: {"batch.kubernetes.io/controller-uid":"y","batch.kubernetes.io/job-name":"w","controller-uid":"00000000-0000-0000-0000-000000000000","job-name":"x"}: `selector` does not match template `labels`',
      ],
    ],
  ]);
});

test("its name is a label of its pods", () => {
  check([
    [
      "Job",
      {},
      [
        'metadata.labels: Invalid value: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn": must be no more than 63 bytes',
        'spec.template.labels: Invalid value: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn": must be no more than 63 bytes',
      ],
      { name: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" },
    ],
  ]);
});

test("when a CronJob runs", () => {
  check([
    ["CronJob", { schedule: "" }, ["spec.schedule: Required value"]],
    [
      "CronJob",
      { schedule: "* * * *" },
      ['spec.schedule: Invalid value: "* * * *": expected exactly 5 fields, found 4: [* * * *]'],
    ],
    [
      "CronJob",
      { schedule: "60 * * * *" },
      ['spec.schedule: Invalid value: "60 * * * *": end of range (60) above maximum (59): 60'],
    ],
    [
      "CronJob",
      { schedule: "* * 0 * *" },
      ['spec.schedule: Invalid value: "* * 0 * *": beginning of range (0) below minimum (1): 0'],
    ],
    [
      "CronJob",
      { schedule: "5-1 * * * *" },
      [
        'spec.schedule: Invalid value: "5-1 * * * *": beginning of range (5) beyond end of range (1): 5-1',
      ],
    ],
    [
      "CronJob",
      { schedule: "1-2-3 * * * *" },
      ['spec.schedule: Invalid value: "1-2-3 * * * *": too many hyphens: 1-2-3'],
    ],
    [
      "CronJob",
      { schedule: "1/2/3 * * * *" },
      ['spec.schedule: Invalid value: "1/2/3 * * * *": too many slashes: 1/2/3'],
    ],
    [
      "CronJob",
      { schedule: "*/0 * * * *" },
      [
        'spec.schedule: Invalid value: "*/0 * * * *": step of range should be a positive number: */0',
      ],
    ],
    [
      "CronJob",
      { schedule: "*/-1 * * * *" },
      ['spec.schedule: Invalid value: "*/-1 * * * *": negative number (-1) not allowed: -1'],
    ],
    [
      "CronJob",
      { schedule: "x * * * *" },
      [
        'spec.schedule: Invalid value: "x * * * *": failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax',
      ],
    ],
    [
      "CronJob",
      { schedule: "99999999999999999999 * * * *" },
      [
        'spec.schedule: Invalid value: "99999999999999999999 * * * *": failed to parse int from 99999999999999999999: strconv.Atoi: parsing "99999999999999999999": value out of range',
      ],
    ],
    [
      "CronJob",
      { schedule: "* * * foo *" },
      [
        'spec.schedule: Invalid value: "* * * foo *": failed to parse int from foo: strconv.Atoi: parsing "foo": invalid syntax',
      ],
    ],
    [
      "CronJob",
      { schedule: "@hourl" },
      ['spec.schedule: Invalid value: "@hourl": unrecognized descriptor: @hourl'],
    ],
    [
      "CronJob",
      { schedule: "@every 5" },
      [
        'spec.schedule: Invalid value: "@every 5": failed to parse duration @every 5: time: missing unit in duration "5"',
      ],
    ],
    [
      "CronJob",
      { schedule: "@every 1x" },
      [
        'spec.schedule: Invalid value: "@every 1x": failed to parse duration @every 1x: time: unknown unit "x" in duration "1x"',
      ],
    ],
    [
      "CronJob",
      { schedule: "@every h" },
      [
        'spec.schedule: Invalid value: "@every h": failed to parse duration @every h: time: invalid duration "h"',
      ],
    ],
    [
      "CronJob",
      { schedule: "@every 9999999999h" },
      [
        'spec.schedule: Invalid value: "@every 9999999999h": failed to parse duration @every 9999999999h: time: invalid duration "9999999999h"',
      ],
    ],
    [
      "CronJob",
      { schedule: "TZ=UTC * * * * *" },
      [
        'spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    [
      "CronJob",
      { schedule: "TZ=0" },
      [
        'spec.schedule: Invalid value: "TZ=0": invalid schedule format: runtime error: slice bounds out of range [:-1]',
        'spec.schedule: Invalid value: "TZ=0": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    [
      "CronJob",
      { schedule: "CRON_TZ=A/B * * * * *" },
      [
        'spec.schedule: Invalid value: "CRON_TZ=A/B * * * * *": provided bad location A/B: unknown time zone A/B',
        'spec.schedule: Invalid value: "CRON_TZ=A/B * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    [
      "CronJob",
      { schedule: "TZ=../a * * * * *" },
      [
        'spec.schedule: Invalid value: "TZ=../a * * * * *": provided bad location ../a: time: invalid location name',
        'spec.schedule: Invalid value: "TZ=../a * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
  ]);
});

test("where a CronJob runs", () => {
  check([
    [
      "CronJob",
      { timeZone: "" },
      ['spec.timeZone: Invalid value: "": timeZone must be nil or non-empty string'],
    ],
    [
      "CronJob",
      { timeZone: "Europe/Nowhere" },
      ['spec.timeZone: Invalid value: "Europe/Nowhere": unknown time zone Europe/Nowhere'],
    ],
    [
      "CronJob",
      { timeZone: "europe/berlin" },
      ['spec.timeZone: Invalid value: "europe/berlin": unknown time zone europe/berlin'],
    ],
    [
      "CronJob",
      { timeZone: "local" },
      [
        'spec.timeZone: Invalid value: "local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
        'spec.timeZone: Invalid value: "local": unknown time zone local',
      ],
    ],
    [
      "CronJob",
      { timeZone: "Local" },
      [
        'spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ],
    ],
    [
      "CronJob",
      { timeZone: "a//b" },
      ['spec.timeZone: Invalid value: "a//b": unknown time zone a//b'],
    ],
    [
      "CronJob",
      { timeZone: "../a" },
      ['spec.timeZone: Invalid value: "../a": unknown time zone ../a'],
    ],
    [
      "CronJob",
      { timeZone: "<a>" },
      ['spec.timeZone: Invalid value: "\\u003ca\\u003e": unknown time zone <a>'],
    ],
  ]);
});

test("the rest of a CronJob", () => {
  check([
    [
      "CronJob",
      {
        startingDeadlineSeconds: -1,
        concurrencyPolicy: "Never",
        successfulJobsHistoryLimit: -1,
        failedJobsHistoryLimit: -1,
      },
      [
        "spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0",
        'spec.concurrencyPolicy: Unsupported value: "Never": supported values: "Allow", "Forbid", "Replace"',
        "spec.successfulJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
        "spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
      ],
    ],
    [
      "CronJob",
      {
        jobTemplate: {
          spec: {
            selector: { matchLabels: { a: "b" } },
            manualSelector: true,
            template: { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "i" }] } },
          },
        },
      },
      [
        'spec.jobTemplate.spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` will be auto-generated',
        'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
      ],
    ],
  ]);
});

test("the beginning of a name", () => {
  check([
    [
      "Deployment",
      {},
      [
        "metadata.generateName: Invalid value: \"Ab-\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ],
      { generateName: "Ab-", name: "w" },
    ],
    [
      "StatefulSet",
      {},
      ['metadata.generateName: Invalid value: "a.b-": must not contain dots'],
      { generateName: "a.b-", name: "w" },
    ],
    [
      "ReplicationController",
      {},
      [
        "metadata.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ],
      { name: "A" },
    ],
  ]);
});
