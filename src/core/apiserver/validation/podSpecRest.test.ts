import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOf } from "../../../../test/causesOf.ts";
import type { JsonObject } from "../../model/json.ts";

/** Rules of a pod's scheduling, names and addresses; expected is what kube-apiserver 1.37.2 answers. */
const ROWS: readonly (readonly [what: string, spec: JsonObject, causes: readonly string[]])[] = [
  [
    "labels of nodes",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      nodeSelector: {
        "a b": "x y",
      },
    },
    [
      "spec.nodeSelector: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.nodeSelector: Invalid value: \"x y\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    "dnsPolicy, and what None needs",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      dnsPolicy: "None",
    },
    ["spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"],
  ],
  [
    "which is a name server",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      dnsPolicy: "None",
      dnsConfig: {},
    },
    [
      "spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None",
    ],
  ],
  [
    "policies of DNS",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      dnsPolicy: "x",
    },
    [
      'spec.dnsPolicy: Unsupported value: "x": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
    ],
  ],
  [
    "addresses of name servers",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      dnsConfig: {
        nameservers: ["1.1.1.1", "010.0.0.1", "::ffff:1.2.3.4", "x"],
        searches: [".", "a_b.", "A"],
        options: [
          {
            name: "",
          },
        ],
      },
    },
    [
      'spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","010.0.0.1","::ffff:1.2.3.4","x"]: must not have more than 3 nameservers',
      'spec.dnsConfig.nameservers[1]: Invalid value: "010.0.0.1": must not have leading 0s',
      'spec.dnsConfig.nameservers[2]: Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address',
      'spec.dnsConfig.nameservers[3]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      "spec.dnsConfig.searches[2]: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')",
      "spec.dnsConfig.options[0]: Required value: must not be empty",
    ],
  ],
  [
    "hosts that a pod knows",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      hostAliases: [
        {
          ip: "x",
          hostnames: ["A"],
        },
        {
          ip: "1:2:3:4:5:6:7:00008",
        },
        {
          ip: "fe80::1",
        },
      ],
    },
    [
      'spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      "spec.hostAliases[0].hostnames[0]: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'spec.hostAliases[1].ip: Invalid value: "1:2:3:4:5:6:7:00008": must not have leading 0s',
    ],
  ],
  [
    "names in the pod's spec",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      serviceAccountName: "A",
      nodeName: "N",
      hostname: "a.b",
      subdomain: "S",
      priorityClassName: "P",
      runtimeClassName: "",
    },
    [
      "spec.serviceAccountName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.nodeName: Invalid value: \"N\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'spec.hostname: Invalid value: "a.b": must not contain dots',
      "spec.subdomain: Invalid value: \"S\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      "spec.priorityClassName: Invalid value: \"P\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.runtimeClassName: Invalid value: \"\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    "the deprecated spelling of the service account",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      serviceAccount: "A",
    },
    [
      "spec.serviceAccountName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    "deadlines and preemption",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      activeDeadlineSeconds: 0,
      preemptionPolicy: "x",
    },
    [
      "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive",
      'spec.preemptionPolicy: Unsupported value: "x": supported values: "PreemptLowerPriority", "Never"',
    ],
  ],
  [
    "gates",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      readinessGates: [
        {
          conditionType: "",
        },
      ],
      schedulingGates: [
        {
          name: "a",
        },
        {
          name: "a",
        },
        {
          name: "a b",
        },
      ],
    },
    [
      'spec.readinessGates[0].conditionType: Invalid value: "": name part must be non-empty',
      "spec.readinessGates[0].conditionType: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'spec.schedulingGates[1]: Duplicate value: "a"',
      "spec.schedulingGates[2]: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    "a gated pod has no node yet",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      nodeName: "n",
      schedulingGates: [
        {
          name: "a",
        },
      ],
    },
    ["spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"],
  ],
  [
    "tolerations: keys, operators and values",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      tolerations: [
        {},
        {
          key: "a b",
          operator: "Exists",
          value: "v",
        },
        {
          key: "a",
          operator: "x",
        },
        {
          key: "a",
          operator: "Lt",
          value: "1",
        },
        {
          key: "a",
          value: "x y",
        },
      ],
    },
    [
      'spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"',
      "spec.tolerations[1].key: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.tolerations[1].operator: Invalid value: \"v\": value must be empty when `operator` is 'Exists'",
      'spec.tolerations[2].operator: Unsupported value: "x": supported values: "Equal", "Exists"',
      'spec.tolerations[3].operator: Unsupported value: "Lt": supported values: "Equal", "Exists", "Lt", "Gt"',
      "spec.tolerations[4].operator: Invalid value: \"x y\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    "tolerations: effects",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      tolerations: [
        {
          key: "a",
          effect: "NoSchedule",
          tolerationSeconds: 1,
        },
        {
          key: "a",
          effect: "x",
        },
      ],
    },
    [
      "spec.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set",
      'spec.tolerations[1].effect: Unsupported value: "x": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  ],
  [
    "spreading over a topology",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      topologySpreadConstraints: [
        {
          maxSkew: 0,
          topologyKey: "",
          whenUnsatisfiable: "x",
          minDomains: 0,
          nodeTaintsPolicy: "x",
        },
        {
          maxSkew: 1,
          topologyKey: "a",
          whenUnsatisfiable: "ScheduleAnyway",
          matchLabelKeys: ["k"],
        },
        {
          maxSkew: 1,
          topologyKey: "a",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: {
            matchExpressions: [
              {
                key: "a",
                operator: "In",
              },
            ],
          },
        },
        {
          maxSkew: 1,
          topologyKey: "a",
          whenUnsatisfiable: "ScheduleAnyway",
        },
      ],
    },
    [
      "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
      "spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty",
      'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "x": supported values: "DoNotSchedule", "ScheduleAnyway"',
      "spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: must be greater than zero",
      "spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not x",
      'spec.topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: "x": supported values: "Honor", "Ignore"',
      'spec.topologySpreadConstraints[1].{topologyKey, whenUnsatisfiable}: Duplicate value: "{a, ScheduleAnyway}"',
      "spec.topologySpreadConstraints[1].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
      'spec.topologySpreadConstraints[2].{topologyKey, whenUnsatisfiable}: Duplicate value: "{a, ScheduleAnyway}"',
      "spec.topologySpreadConstraints[2].labelSelector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ],
  ],
  [
    "nodes that are required or preferred",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  {
                    key: "a",
                    operator: "Exists",
                    values: ["x"],
                  },
                  {
                    key: "",
                    operator: "Gt",
                    values: [],
                  },
                  {
                    key: "a",
                    operator: "In",
                    values: ["x y"],
                  },
                ],
                matchFields: [
                  {
                    key: "spec.x",
                    operator: "In",
                    values: ["a", "b"],
                  },
                  {
                    key: "metadata.name",
                    operator: "Exists",
                    values: ["A"],
                  },
                ],
              },
            ],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 0,
              preference: {
                matchExpressions: [
                  {
                    key: "a",
                    operator: "x",
                    values: ["x y"],
                  },
                ],
              },
            },
          ],
        },
      },
    },
    [
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[1].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[1].key: Invalid value: "": name part must be non-empty',
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[1].key: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[2].values[0]: Invalid value: \"x y\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values: Required value: must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key: Invalid value: "spec.x": not a valid field selector key',
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[1].operator: Invalid value: "Exists": not a valid selector operator',
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[1].values[0]: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100",
      'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].operator: Invalid value: "x": not a valid selector operator',
    ],
  ],
  [
    "no term at all",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [],
          },
        },
      },
    },
    [
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term",
    ],
  ],
  [
    "pods that are near or far",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              topologyKey: "",
              namespaces: ["N"],
            },
          ],
        },
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 101,
              podAffinityTerm: {
                topologyKey: "a",
                labelSelector: {
                  matchExpressions: [
                    {
                      key: "k",
                      operator: "Exists",
                    },
                    {
                      key: "k",
                      operator: "Exists",
                    },
                  ],
                },
                matchLabelKeys: ["k"],
                mismatchLabelKeys: ["k", "a b"],
              },
            },
          ],
        },
      },
    },
    [
      "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespace: Invalid value: \"N\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty",
      'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part must be non-empty',
      "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100",
      "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.mismatchLabelKeys[1]: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm[0]: Invalid value: "k": exists in both matchLabelKeys and labelSelector',
      'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.matchLabelKeys[0]: Invalid value: "k": exists in both matchLabelKeys and mismatchLabelKeys',
    ],
  ],
  [
    "claims of the pod",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      resourceClaims: [
        {
          name: "",
        },
        {
          name: "a",
          resourceClaimName: "A",
        },
        {
          name: "a",
          resourceClaimName: "a",
          resourceClaimTemplateName: "t",
        },
      ],
    },
    [
      "spec.resourceClaims[0].name: Required value",
      'spec.resourceClaims[0]: Invalid value: {"Name":"","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
      "spec.resourceClaims[1].resourceClaimName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'spec.resourceClaims[2].name: Duplicate value: "a"',
      'spec.resourceClaims[2]: Invalid value: {"Name":"a","ResourceClaimName":"a","ResourceClaimTemplateName":"t"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
    ],
  ],
  [
    "resources of the pod itself",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      resources: {
        limits: {
          "ephemeral-storage": "1",
        },
        claims: [
          {
            name: "c",
          },
        ],
      },
    },
    [
      "spec.resources.claims: Forbidden: claims may not be set for Resources at pod-level",
      'spec.resources.limits[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "hugepages-", "memory"',
      'spec.resources.claims[0]: Not found: "c": must be one of the names in pod.spec.resourceClaims which is empty',
    ],
  ],
  [
    "which Windows has not",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      os: {
        name: "windows",
      },
      resources: {
        limits: {
          cpu: "1",
        },
      },
    },
    ["spec.resources: Forbidden: may not be set for a windows pod"],
  ],
  [
    "overhead",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      overhead: {
        x: "1",
      },
    },
    [
      'spec.overhead.limits[x]: Invalid value: "x": must be a standard resource type or fully qualified',
      'spec.overhead.limits[x]: Invalid value: "x": must be a standard resource for containers',
    ],
  ],
];

for (const [what, spec, causes] of ROWS) {
  test(what, () => {
    assert.deepEqual(causesOf(spec), causes);
  });
}
