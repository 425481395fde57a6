import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOf } from "../../../../test/causesOf.ts";
import type { JsonObject } from "../../model/json.ts";

/** Rules of a container's environment, probes and resources; expected is what kube-apiserver 1.37.2 answers. */
const ROWS: readonly (readonly [what: string, spec: JsonObject, causes: readonly string[]])[] = [
  [
    "a variable has a name, of printable characters",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          env: [
            {
              name: "",
            },
            {
              name: "A=B",
            },
            {
              name: "é",
            },
            {
              name: "0",
            },
          ],
        },
      ],
    },
    [
      "spec.containers[0].env[0].name: Required value",
      "spec.containers[0].env[1].name: Invalid value: \"A=B\": a valid environment variable name must consist only of printable ASCII characters other than '='",
      "spec.containers[0].env[2].name: Invalid value: \"é\": a valid environment variable name must consist only of printable ASCII characters other than '='",
    ],
  ],
  [
    "a variable's value comes from one place",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          env: [
            {
              name: "A",
              valueFrom: {},
            },
            {
              name: "B",
              value: "x",
              valueFrom: {
                fieldRef: {
                  fieldPath: "metadata.name",
                },
              },
            },
            {
              name: "C",
              valueFrom: {
                configMapKeyRef: {
                  name: "m",
                  key: "k",
                },
                secretKeyRef: {
                  name: "s",
                  key: "..k",
                },
              },
            },
          ],
        },
      ],
    },
    [
      'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      'spec.containers[0].env[1].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
      "spec.containers[0].env[2].valueFrom.secretKeyRef.key: Invalid value: \"..k\": must not start with '..'",
      'spec.containers[0].env[2].valueFrom: Invalid value: "": may not have more than one field specified at a time',
    ],
  ],
  [
    "fields that a variable may show",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          env: [
            {
              name: "A",
              valueFrom: {
                fieldRef: {
                  fieldPath: "",
                },
              },
            },
            {
              name: "B",
              valueFrom: {
                fieldRef: {
                  apiVersion: "v2",
                  fieldPath: "metadata.name",
                },
              },
            },
            {
              name: "C",
              valueFrom: {
                fieldRef: {
                  fieldPath: "spec.containers",
                },
              },
            },
            {
              name: "D",
              valueFrom: {
                fieldRef: {
                  fieldPath: "status.phase",
                },
              },
            },
            {
              name: "E",
              valueFrom: {
                fieldRef: {
                  fieldPath: "metadata.labels['a b']",
                },
              },
            },
            {
              name: "F",
              valueFrom: {
                fieldRef: {
                  fieldPath: "metadata.name['a']",
                },
              },
            },
          ],
        },
      ],
    },
    [
      "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Required value",
      'spec.containers[0].env[1].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2',
      'spec.containers[0].env[2].valueFrom.fieldRef.fieldPath: Invalid value: "spec.containers": error converting fieldPath: field label not supported: spec.containers',
      'spec.containers[0].env[3].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
      "spec.containers[0].env[4].valueFrom.fieldRef: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      "spec.containers[0].env[5].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.name['a']\": error converting fieldPath: field label does not support subscript: metadata.name['a']",
    ],
  ],
  [
    "resources that a variable may show, and their divisors",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          env: [
            {
              name: "A",
              valueFrom: {
                resourceFieldRef: {
                  resource: "cpu",
                },
              },
            },
            {
              name: "B",
              valueFrom: {
                resourceFieldRef: {
                  resource: "limits.cpu",
                  divisor: "1k",
                },
              },
            },
            {
              name: "C",
              valueFrom: {
                resourceFieldRef: {
                  resource: "requests.memory",
                  divisor: "2Mi",
                },
              },
            },
            {
              name: "D",
              valueFrom: {
                resourceFieldRef: {
                  resource: "limits.hugepages-2Mi",
                  divisor: "1m",
                },
              },
            },
          ],
        },
      ],
    },
    [
      'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "cpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
      'spec.containers[0].env[1].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
      'spec.containers[0].env[2].valueFrom.resourceFieldRef.divisor: Invalid value: "requests.memory": only divisor\'s values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the memory resource',
      'spec.containers[0].env[3].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.hugepages-2Mi": only divisor\'s values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the hugepages resource',
    ],
  ],
  [
    "a file of variables lies in an emptyDir of the pod",
    {
      volumes: [
        {
          name: "s",
          secret: {
            secretName: "s",
          },
        },
      ],
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          env: [
            {
              name: "A",
              valueFrom: {
                fileKeyRef: {
                  key: "",
                  volumeName: "S",
                  path: "../a",
                },
              },
            },
            {
              name: "B",
              valueFrom: {
                fileKeyRef: {
                  key: "k",
                  volumeName: "s",
                  path: "a",
                },
              },
            },
          ],
        },
      ],
    },
    [
      "spec.containers[0].env[0].valueFrom.fileKeyRef.key: Required value",
      "spec.containers[0].env[0].valueFrom.fileKeyRef.volumeName: Invalid value: \"S\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      "spec.containers[0].env[0].valueFrom.fileKeyRef.path: Invalid value: \"../a\": must not contain '..'",
      'spec.containers[0].env[0].valueFrom.fileKeyRef.volumeName: Not found: "S"',
      'spec.containers[0].env[1].valueFrom.fileKeyRef.volumeName: Invalid value: "s": referenced volume must be of type emptyDir',
    ],
  ],
  [
    "envFrom names one source",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          envFrom: [
            {
              prefix: "A=",
            },
            {
              configMapRef: {
                name: "",
              },
              secretRef: {
                name: "a-",
              },
            },
            {
              secretRef: {
                name: "A",
              },
            },
          ],
        },
      ],
    },
    [
      "spec.containers[0].envFrom[0].prefix: Invalid value: \"A=\": a valid environment variable name must consist only of printable ASCII characters other than '='",
      'spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
      "spec.containers[0].envFrom[1].configMapRef.name: Required value",
      'spec.containers[0].envFrom: Invalid value: "": may not have more than one field specified at a time',
      "spec.containers[0].envFrom[2].secretRef.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    "a probe does one thing",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          livenessProbe: {},
          readinessProbe: {
            exec: {},
            tcpSocket: {
              port: 80,
            },
          },
          startupProbe: {
            httpGet: {
              port: 0,
              scheme: "ftp",
              httpHeaders: [
                {
                  name: "a b",
                  value: "",
                },
              ],
            },
          },
        },
      ],
    },
    [
      "spec.containers[0].livenessProbe: Required value: must specify a handler type",
      "spec.containers[0].readinessProbe.exec.command: Required value",
      "spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
      "spec.containers[0].startupProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive",
      'spec.containers[0].startupProbe.httpGet.scheme: Unsupported value: "ftp": supported values: "HTTP", "HTTPS"',
      "spec.containers[0].startupProbe.httpGet.httpHeaders: Invalid value: \"a b\": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
    ],
  ],
  [
    "ports of a probe: a number or a name",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          livenessProbe: {
            tcpSocket: {
              port: 65536,
            },
          },
          readinessProbe: {
            tcpSocket: {
              port: "HTTP",
            },
          },
          startupProbe: {
            grpc: {
              port: 0,
            },
          },
        },
      ],
    },
    [
      "spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: 65536: must be between 1 and 65535, inclusive",
      'spec.containers[0].readinessProbe.tcpSocket.port: Invalid value: "HTTP": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'spec.containers[0].readinessProbe.tcpSocket.port: Invalid value: "HTTP": must contain at least one letter (a-z)',
      "spec.containers[0].startupProbe.grpc.port: Invalid value: 0: must be between 1 and 65535, inclusive",
    ],
  ],
  [
    "numbers of a probe",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          livenessProbe: {
            exec: {
              command: ["a"],
            },
            periodSeconds: -1,
            successThreshold: 2,
            terminationGracePeriodSeconds: 0,
          },
          readinessProbe: {
            exec: {
              command: ["a"],
            },
            terminationGracePeriodSeconds: 5,
          },
          startupProbe: {
            exec: {
              command: ["a"],
            },
            initialDelaySeconds: -1,
            failureThreshold: -2,
          },
        },
      ],
    },
    [
      "spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
      "spec.containers[0].livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0",
      "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
      "spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes",
      "spec.containers[0].startupProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0",
      "spec.containers[0].startupProbe.failureThreshold: Invalid value: -2: must be greater than or equal to 0",
    ],
  ],
  [
    "hooks: one thing each, and no longer than the pod may end",
    {
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          lifecycle: {
            postStart: {},
            preStop: {
              sleep: {
                seconds: 6,
              },
            },
          },
        },
      ],
    },
    [
      "spec.containers[0].lifecycle.postStart: Required value: must specify a handler type",
      "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 6: must be non-negative and less than terminationGracePeriodSeconds (5)",
    ],
  ],
  [
    "how a container is pulled and how it says goodbye",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          imagePullPolicy: "Sometimes",
          terminationMessagePolicy: "x",
        },
      ],
    },
    [
      'spec.containers[0].terminationMessagePolicy: Unsupported value: "x": supported values: "File", "FallbackToLogsOnError"',
      'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
  ],
  [
    "requests stay within limits",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          resources: {
            requests: {
              cpu: "2",
              memory: "1Gi",
            },
            limits: {
              cpu: "1500m",
              memory: "1024Mi",
            },
          },
        },
      ],
    },
    [
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1500m',
    ],
  ],
  [
    "what cannot be overcommitted is requested as it is limited",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          resources: {
            requests: {
              "example.org/gpu": "2",
            },
            limits: {
              "example.org/gpu": "1",
            },
          },
        },
      ],
    },
    [
      'spec.containers[0].resources.requests: Invalid value: "2": must be equal to example.org/gpu limit of 1',
    ],
  ],
  [
    "and is limited at all",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          resources: {
            requests: {
              "example.org/gpu": "1",
            },
          },
        },
      ],
    },
    [
      "spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources",
    ],
  ],
  [
    "names and amounts of resources",
    {
      containers: [
        {
          name: "c0",
          image: "r.test/app:1",
          resources: {
            limits: {
              "a b": "1",
            },
          },
        },
        {
          name: "c1",
          image: "r.test/app:1",
          resources: {
            limits: {
              x: "1",
            },
          },
        },
        {
          name: "c2",
          image: "r.test/app:1",
          resources: {
            limits: {
              pods: "1",
            },
          },
        },
        {
          name: "c3",
          image: "r.test/app:1",
          resources: {
            limits: {
              "example.org/gpu": "1500m",
            },
          },
        },
        {
          name: "c4",
          image: "r.test/app:1",
          resources: {
            limits: {
              cpu: "-1",
            },
          },
        },
      ],
    },
    [
      "spec.containers[0].resources.limits[a b]: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'spec.containers[0].resources.limits[a b]: Invalid value: "a b": must be a standard resource for containers',
      "spec.containers[0].resources.requests[a b]: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      'spec.containers[0].resources.requests[a b]: Invalid value: "a b": must be a standard resource for containers',
      'spec.containers[1].resources.limits[x]: Invalid value: "x": must be a standard resource type or fully qualified',
      'spec.containers[1].resources.limits[x]: Invalid value: "x": must be a standard resource for containers',
      'spec.containers[1].resources.requests[x]: Invalid value: "x": must be a standard resource type or fully qualified',
      'spec.containers[1].resources.requests[x]: Invalid value: "x": must be a standard resource for containers',
      'spec.containers[2].resources.limits[pods]: Invalid value: "pods": must be a standard resource for containers',
      'spec.containers[2].resources.requests[pods]: Invalid value: "pods": must be a standard resource for containers',
      'spec.containers[3].resources.limits[example.org/gpu]: Invalid value: "1500m": must be an integer',
      'spec.containers[3].resources.requests[example.org/gpu]: Invalid value: "1500m": must be an integer',
      'spec.containers[4].resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0',
      'spec.containers[4].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0',
    ],
  ],
  [
    "huge pages: whole ones, and beside CPU or memory",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          resources: {
            limits: {
              "hugepages-2Mi": "3Mi",
            },
          },
        },
      ],
    },
    [
      'spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      'spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      "spec.containers[0].resources: Forbidden: HugePages require cpu or memory",
    ],
  ],
  [
    "claims of a container are the pod's",
    {
      resourceClaims: [
        {
          name: "g",
          resourceClaimName: "g",
        },
      ],
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          resources: {
            claims: [
              {
                name: "",
              },
              {
                name: "g",
              },
              {
                name: "g",
                request: "R",
              },
              {
                name: "h",
              },
            ],
          },
        },
      ],
    },
    [
      "spec.containers[0].resources.claims[0]: Required value",
      'spec.containers[0].resources.claims[2]: Duplicate value: "g"',
      'spec.containers[0].resources.claims[3]: Not found: "h": must be one of the names in pod.spec.resourceClaims: g',
    ],
  ],
  [
    "what is resized, and how",
    {
      restartPolicy: "Never",
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
          resizePolicy: [
            {
              resourceName: "cpu",
              restartPolicy: "RestartContainer",
            },
            {
              resourceName: "cpu",
              restartPolicy: "x",
            },
            {
              resourceName: "disk",
              restartPolicy: "NotRequired",
            },
          ],
        },
      ],
    },
    [
      "spec.containers[0].resizePolicy: Invalid value: \"RestartContainer\": must be 'NotRequired' when pod `restartPolicy` is 'Never'",
      'spec.containers[0].resizePolicy[1]: Duplicate value: "cpu"',
      'spec.containers[0].resizePolicy: Unsupported value: "x": supported values: "NotRequired", "RestartContainer"',
      "spec.containers[0].resizePolicy: Invalid value: \"x\": must be 'NotRequired' when pod `restartPolicy` is 'Never'",
      'spec.containers[0].resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory"',
    ],
  ],
  [
    "an init container that ends is not restarted to be resized",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      initContainers: [
        {
          name: "i",
          image: "r.test/app:1",
          resizePolicy: [
            {
              resourceName: "cpu",
              restartPolicy: "RestartContainer",
            },
          ],
        },
      ],
    },
    [
      "spec.initContainers[0].resizePolicy[0].restartPolicy: Invalid value: \"RestartContainer\": must not be set to 'RestartContainer' for non-sidecar initContainers",
    ],
  ],
  [
    "a sidecar has probes, and they are looked at",
    {
      containers: [
        {
          name: "c",
          image: "r.test/app:1",
        },
      ],
      initContainers: [
        {
          name: "i",
          image: "r.test/app:1",
          restartPolicy: "Always",
          livenessProbe: {},
        },
      ],
    },
    ["spec.initContainers[0].livenessProbe: Required value: must specify a handler type"],
  ],
];

for (const [what, spec, causes] of ROWS) {
  test(what, () => {
    assert.deepEqual(causesOf(spec), causes);
  });
}
