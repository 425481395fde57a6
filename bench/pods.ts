// The pods of the benchmarks: plain, typical of charts, restricted, refused, with init containers and volumes.

const container = (name: string, more = ""): string =>
  `    - name: ${name}\n      image: registry.test/${name}:1\n      ports: [{ containerPort: 8080 }]\n${more}`;

const pod = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  labels: { app: ${name} }\nspec:\n${spec}`;

const RESTRICTED =
  "      securityContext:\n        allowPrivilegeEscalation: false\n        readOnlyRootFilesystem: true\n        capabilities: { drop: [ALL] }\n";

export const PODS: readonly string[] = [
  pod("plain", `  containers:\n${container("app")}`),
  pod(
    "typical",
    `  securityContext: { runAsUser: 1000, fsGroup: 2000 }\n  volumes: [{ name: data, emptyDir: {} }, { name: config, configMap: { name: c } }]\n  containers:\n${container("app", "      volumeMounts: [{ name: data, mountPath: /data }, { name: config, mountPath: /etc/app, readOnly: true }]\n")}`,
  ),
  pod(
    "restricted",
    `  securityContext:\n    runAsNonRoot: true\n    runAsUser: 1000\n    seccompProfile: { type: RuntimeDefault }\n  containers:\n${container("app", RESTRICTED)}${container("sidecar", RESTRICTED)}`,
  ),
  pod(
    "init",
    `  securityContext: { runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000, 5000] }\n  initContainers:\n${container("setup", "      securityContext: { runAsUser: 0, capabilities: { add: [CHOWN] } }\n")}  containers:\n${container("app")}`,
  ),
  pod(
    "node-agent",
    `  hostNetwork: true\n  hostPID: true\n  volumes: [{ name: root, hostPath: { path: / } }]\n  containers:\n${container("agent", "      securityContext: { privileged: true }\n")}`,
  ),
];
