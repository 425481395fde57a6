// The containers of a pod in kubectl's descriptions: what each was asked to be, and what it is.
import type { JsonObject } from "../../core/model/json.ts";
import { goQuote } from "../../core/rules/goText.ts";
import { quantityText } from "../../core/rules/quantityText.ts";
import { envFromText, environmentText, type Resolve } from "./environmentText.ts";
import {
  isTrue,
  line,
  numberText,
  objectAt,
  objectsAt,
  sortedBy,
  sortedEntries,
  textAt,
  textsAt,
} from "./fields.ts";
import { probeText } from "./probeText.ts";
import { containerStateText } from "./stateText.ts";

export interface ContainersForm {
  readonly resolve: Resolve;
  /** A time of the API as people read it. */
  readonly time: (text: string) => string;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeContainers */
export function containersText(
  title: string,
  containers: readonly JsonObject[],
  statuses: readonly JsonObject[],
  form: ContainersForm,
): string {
  const texts = containers.map((container) => {
    const name = textAt(container, "name");
    const status = statuses.findLast((one) => textAt(one, "name") === name);
    return [
      basicText(container, status),
      linesText("Command", textsAt(container, "command")),
      linesText("Args", textsAt(container, "args")),
      status === undefined ? "" : containerStateText(status, form.time),
      resourcesText(objectAt(container, "resources"), 2),
      probesText(container),
      envFromText(container),
      environmentText(container, form.resolve),
      mountsText(container),
    ].join("");
  });
  return `${title}:${containers.length === 0 ? " <none>" : ""}\n${texts.join("")}`;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeContainerBasicInfo */
function basicText(container: JsonObject, status: JsonObject | undefined): string {
  return [
    line(1, `${textAt(container, "name")}:`),
    status === undefined ? "" : line(2, `Container ID:\t${textAt(status, "containerID")}`),
    line(2, `Image:\t${textAt(container, "image")}`),
    status === undefined ? "" : line(2, `Image ID:\t${textAt(status, "imageID")}`),
    portsText("Port", container, "containerPort"),
    portsText("Host Port", container, "hostPort"),
    seccompText(objectAt(container, "securityContext"), 2, 3),
  ].join("");
}

function portsText(title: string, container: JsonObject, key: string): string {
  const text = objectsAt(container, "ports")
    .map((port) => {
      const name = textAt(port, "name");
      return `${numberText(port, key)}/${textAt(port, "protocol")}${name && ` (${name})`}`;
    })
    .join(", ");
  return line(2, `${title}${text.includes(",") ? "s" : ""}:\t${text || "<none>"}`);
}

/** @param levels of the type, and of a profile of the node */
export function seccompText(
  context: JsonObject | undefined,
  ...levels: readonly [number, number]
): string {
  const profile = objectAt(context ?? {}, "seccompProfile");
  if (profile === undefined) return "";
  const type = textAt(profile, "type");
  const text = line(levels[0], `SeccompProfile:\t${type}`);
  if (type !== "Localhost") return text;
  return text + line(levels[1], `LocalhostProfile:\t${textAt(profile, "localhostProfile")}`);
}

function linesText(title: string, words: readonly string[]): string {
  if (words.length === 0) return "";
  const lines = words.flatMap((word) => word.split("\n"));
  return line(2, `${title}:`) + lines.map((one) => line(3, one)).join("");
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeResources */
export function resourcesText(resources: JsonObject | undefined, level: number): string {
  const lists = [
    ["Limits", "limits"],
    ["Requests", "requests"],
  ] as const;
  return lists
    .map(([title, key]) => {
      const list = sortedEntries(objectAt(resources ?? {}, key));
      if (list.length === 0) return "";
      const rows = list.map(([name, value]) => line(level + 1, `${name}:\t${quantityText(value)}`));
      return line(level, `${title}:`) + rows.join("");
    })
    .join("");
}

function probesText(container: JsonObject): string {
  const probes = [
    ["Liveness", "livenessProbe"],
    ["Readiness", "readinessProbe"],
    ["Startup", "startupProbe"],
  ] as const;
  return probes
    .map(([title, key]) => {
      const probe = objectAt(container, key);
      return probe === undefined ? "" : line(2, `${title}:\t${probeText(probe)}`);
    })
    .join("");
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeContainerVolumes */
function mountsText(container: JsonObject): string {
  const mounts = sortedBy(objectsAt(container, "volumeMounts"), (one) => textAt(one, "mountPath"));
  const none = mounts.length === 0 ? "\t<none>" : "";
  const rows = mounts.map((mount) => {
    const subPath = textAt(mount, "subPath");
    const flags = `${isTrue(mount, "readOnly") ? "ro" : "rw"}${subPath && `,path=${goQuote(subPath)}`}`;
    return line(3, `${textAt(mount, "mountPath")} from ${textAt(mount, "name")} (${flags})`);
  });
  return line(2, `Mounts:${none}`) + rows.join("") + devicesText(container, none);
}

function devicesText(container: JsonObject, none: string): string {
  const told = objectsAt(container, "volumeDevices");
  if (told.length === 0) return "";
  const rows = sortedBy(told, (one) => textAt(one, "devicePath")).map((device) =>
    line(3, `${textAt(device, "devicePath")} from ${textAt(device, "name")}`),
  );
  return line(2, `Devices:${none}`) + rows.join("");
}
