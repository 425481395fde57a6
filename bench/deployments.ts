// Deployments as charts write them, one unlike the other: what `check` is measured on. The same number gives the same text.

/** Levels, volumes, containers and probes vary with the index, so that no two neighbours are alike. */
export function deployment(index: number): string {
  const name = `app-${index}`;
  const labels = [`app.kubernetes.io/name: ${name}`, "app.kubernetes.io/managed-by: Helm"];
  const sidecars = index % 5 === 0 ? [container(index, "sidecar")] : [];
  const lines = [
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata:",
    `  name: ${name}`,
    `  namespace: team-${index % 53}`,
    "  labels:",
    ...labels.map((label) => `    ${label}`),
    "spec:",
    `  replicas: ${1 + (index % 5)}`,
    "  selector:",
    "    matchLabels:",
    `      app.kubernetes.io/name: ${name}`,
    "  template:",
    "    metadata:",
    "      labels:",
    ...labels.map((label) => `        ${label}`),
    "      annotations:",
    `        checksum/config: "${(index * 2654435761).toString(16).padStart(16, "0")}"`,
    "    spec:",
    `      serviceAccountName: ${name}`,
    ...podContext(index),
    "      containers:",
    ...container(index, "app"),
    ...sidecars.flat(),
    "      volumes:",
    "        - name: config",
    "          configMap:",
    `            name: ${name}-config`,
    "        - name: tmp",
    "          emptyDir: {}",
    ...(index % 19 === 0 ? ["        - name: host", "          hostPath: { path: /var/log }"] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** One text of many documents. */
export function* deployments(count: number): Generator<string> {
  for (let index = 0; index < count; index += 1) yield `---\n${deployment(index)}`;
}

function podContext(index: number): string[] {
  if (index % 4 === 0) return [];
  return [
    "      securityContext:",
    "        runAsNonRoot: true",
    `        runAsUser: ${1000 + (index % 9)}`,
    "        fsGroup: 2000",
    ...(index % 4 === 3 ? ["        seccompProfile:", "          type: RuntimeDefault"] : []),
  ];
}

function container(index: number, name: string): string[] {
  return [
    `        - name: ${name}`,
    `          image: "registry.example/team-${index % 53}/${name}:1.${index % 17}.${index % 7}"`,
    "          imagePullPolicy: IfNotPresent",
    ...containerContext(index),
    "          ports:",
    "            - name: http",
    `              containerPort: ${8000 + (index % 100) + (name === "app" ? 0 : 1000)}`,
    "              protocol: TCP",
    "          env:",
    "            - name: LOG_LEVEL",
    "              value: info",
    "          resources:",
    "            limits: { cpu: 500m, memory: 256Mi }",
    "            requests: { cpu: 100m, memory: 128Mi }",
    "          volumeMounts:",
    "            - name: config",
    "              mountPath: /etc/app",
    "              readOnly: true",
    "            - name: tmp",
    "              mountPath: /tmp",
  ];
}

function containerContext(index: number): string[] {
  if (index % 37 === 0) return ["          securityContext:", "            privileged: true"];
  if (index % 5 === 0) return [];
  return [
    "          securityContext:",
    "            allowPrivilegeEscalation: false",
    "            readOnlyRootFilesystem: true",
    "            capabilities:",
    ...(index % 11 === 0 ? ["              add: [NET_BIND_SERVICE]"] : []),
    "              drop: [ALL]",
  ];
}
