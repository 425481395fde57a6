import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../model/json.ts";
import { completeWorld } from "../../model/world.ts";
import { apiserver } from "../apiserver.ts";

/** Expected is what kube-apiserver 1.37.2 answers. */
const ROWS: readonly (readonly [what: string, spec: JsonObject, warnings: readonly string[]])[] = [
  [
    "labels of nodes that are gone",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      nodeSelector: {
        "beta.kubernetes.io/os": "linux",
      },
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  {
                    key: "node-role.kubernetes.io/master",
                    operator: "Exists",
                  },
                ],
              },
            ],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              preference: {
                matchExpressions: [
                  {
                    key: "a",
                    operator: "In",
                    values: ["x y"],
                  },
                ],
              },
            },
          ],
        },
      },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "failure-domain.beta.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
        },
      ],
    },
    [
      'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: node-role.kubernetes.io/master is use "node-role.kubernetes.io/control-plane" instead',
      "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values[0]: x y is invalid, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      'spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
      "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod",
    ],
  ],
  [
    "selectors of no pod",
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
              topologyKey: "a",
            },
          ],
        },
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              podAffinityTerm: {
                topologyKey: "a",
              },
            },
          ],
        },
      },
    },
    [
      "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod",
      "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod",
    ],
  ],
  [
    "what is named twice, or not at all",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      hostAliases: [
        {
          ip: "10.0.0.1",
        },
        {
          ip: "10.0.0.1",
        },
      ],
      imagePullSecrets: [
        {
          name: "a",
        },
        {
          name: "a",
        },
        {},
      ],
    },
    [
      'spec.hostAliases[1].ip: duplicate ip "10.0.0.1"',
      'spec.imagePullSecrets[1].name: duplicate name "a"',
      'spec.imagePullSecrets[2].name: invalid empty name ""',
    ],
  ],
  [
    "parts of a byte; a Pod requests what it limits",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          resources: {
            limits: {
              memory: "100m",
            },
          },
        },
      ],
    },
    [
      'spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer',
    ],
  ],
  [
    "overhead too",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      overhead: {
        memory: "1500m",
      },
    },
    ['spec.overhead[memory]: fractional byte value "1500m" is invalid, must be an integer'],
  ],
  [
    "variables that hide others",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          env: [
            {
              name: "A",
              value: "1",
            },
            {
              name: "A",
              value: "2",
            },
            {
              name: "A",
              value: "$(A):3",
            },
          ],
        },
      ],
    },
    [
      'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    ],
  ],
  [
    "addresses that are written otherwise",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      hostAliases: [
        {
          ip: "FE80::1",
        },
      ],
      dnsConfig: {
        nameservers: ["1:0:0:0:0:0:0:1"],
      },
    },
    [
      'spec.dnsConfig.nameservers[0]: IPv6 address "1:0:0:0:0:0:0:1" should be in RFC 5952 canonical format ("1::1")',
      'spec.hostAliases[0].ip: IPv6 address "FE80::1" should be in RFC 5952 canonical format ("fe80::1")',
    ],
  ],
  [
    "files over one another",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      volumes: [
        {
          name: "m",
          configMap: {
            name: "m",
            items: [
              {
                key: "a",
                path: "d",
              },
              {
                key: "b",
                path: "d/e/",
              },
            ],
          },
        },
        {
          name: "s",
          secret: {
            secretName: "s",
            items: [
              {
                key: "a",
                path: "f",
              },
              {
                key: "b",
                path: "f",
              },
            ],
          },
        },
        {
          name: "p",
          projected: {
            sources: [
              {},
              {
                configMap: {
                  name: "m",
                  items: [
                    {
                      key: "a",
                      path: "t/x",
                    },
                  ],
                },
              },
              {
                serviceAccountToken: {
                  path: "t",
                },
              },
            ],
          },
        },
      ],
    },
    [
      'volume "m" (ConfigMap "m"): overlapping paths: "d/e" with "d"',
      'volume "s" (Secret "s"): overlapping paths: "f" with "f"',
      'volume "p" (Projected) has no sources provided',
      'volume "p" (Projected): overlapping paths: "t" (ServiceAccountToken) with "t/x" (ConfigMap "m")',
    ],
  ],
];

for (const [what, spec, warnings] of ROWS) {
  test(what, () => {
    const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
    const { out } = apiserver({ operation: "create", kind: "Pod", object }, completeWorld({}));
    assert.deepEqual(out.warnings, warnings);
  });
}
