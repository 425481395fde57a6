// Defaults of a container, in copies: the given one is never touched.
// @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Container
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Container, ContainerPort } from "../../model/pod.ts";
import { defaultPullPolicy } from "./imageTag.ts";
import { setDefaultsLifecycle, setDefaultsProbe } from "./probe.ts";

export function setDefaultsContainer<C extends Container>(container: C): C {
  const { ports, env, livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const defaulted: C = {
    ...container,
    resources: container.resources ?? {},
    terminationMessagePath: container["terminationMessagePath"] || "/dev/termination-log",
    terminationMessagePolicy: container["terminationMessagePolicy"] || "File",
    imagePullPolicy: container.imagePullPolicy || defaultPullPolicy(container.image ?? ""),
  };
  const draft = defaulted as { -readonly [K in keyof Container]: Container[K] };
  if (ports !== undefined) draft.ports = ports.map(setDefaultsContainerPort);
  if (env?.some((variable) => variable["valueFrom"] !== undefined)) {
    draft.env = env.map(setDefaultsEnvVar);
  }
  if (livenessProbe !== undefined) draft.livenessProbe = setDefaultsProbe(livenessProbe);
  if (readinessProbe !== undefined) draft.readinessProbe = setDefaultsProbe(readinessProbe);
  if (startupProbe !== undefined) draft.startupProbe = setDefaultsProbe(startupProbe);
  if (lifecycle !== undefined) draft.lifecycle = setDefaultsLifecycle(lifecycle);
  return defaulted;
}

function setDefaultsContainerPort(port: ContainerPort): ContainerPort {
  return port.protocol ? port : { ...port, protocol: "TCP" };
}

function setDefaultsEnvVar(variable: JsonObject): JsonObject {
  const { valueFrom } = variable;
  if (!isJsonObject(valueFrom)) return variable;
  const { fieldRef, fileKeyRef } = valueFrom;
  if (isJsonObject(fieldRef)) {
    return { ...variable, valueFrom: { ...valueFrom, fieldRef: setDefaultsFieldRef(fieldRef) } };
  }
  if (!isJsonObject(fileKeyRef)) return variable;
  return {
    ...variable,
    valueFrom: { ...valueFrom, fileKeyRef: { optional: false, ...fileKeyRef } },
  };
}

/** @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_ObjectFieldSelector */
export function setDefaultsFieldRef(fieldRef: JsonObject): JsonObject {
  return fieldRef["apiVersion"] ? fieldRef : { ...fieldRef, apiVersion: "v1" };
}

/**
 * On the host's network a pod's container port is the host's too.
 * @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go defaultHostNetworkPorts
 */
export function defaultHostNetworkPorts(container: Container): Container {
  const { ports } = container;
  if (ports === undefined) return container;
  return {
    ...container,
    ports: ports.map((port) =>
      !port.hostPort && port.containerPort ? { ...port, hostPort: port.containerPort } : port,
    ),
  };
}

/** A pod's container that has limits but no requests requests its limits; a template's does not. */
export function defaultRequests(container: Container): Container {
  const limits = container.resources?.["limits"];
  if (!isJsonObject(limits)) return container;
  const requests = container.resources?.["requests"];
  return {
    ...container,
    resources: {
      ...container.resources,
      requests: { ...limits, ...(isJsonObject(requests) ? requests : {}) },
    },
  };
}
