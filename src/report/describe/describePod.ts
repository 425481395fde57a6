// A pod as `kubectl describe pod` shows it: what it was asked to be, what it is, and its events.
import type { JsonObject } from "../../core/model/json.ts";
import { printable } from "../columns.ts";
import type { Style } from "../style.ts";
import {
  type ContainersForm,
  containersText,
  resourcesText,
  seccompText,
} from "./containersText.ts";
import { type DescribedEvent, eventsText } from "./eventsText.ts";
import { line, numberText, objectAt, objectsAt, textAt } from "./fields.ts";
import {
  annotationsText,
  conditionsText,
  controllerText,
  labelsText,
  podIPsText,
  readinessGatesText,
  tolerationsText,
  topologyText,
} from "./maps.ts";
import { tabbed } from "./tabWriter.ts";
import { volumesText } from "./volumesText.ts";

export interface DescribedPod {
  /** The Pod as the API would show it, with its status. */
  readonly pod: JsonObject;
  readonly events: readonly DescribedEvent[];
  /** How long ago it was to be gone, as kubectl writes ages; absent of one that is not being deleted. */
  readonly deletedSince?: string | undefined;
}

export interface DescribeForm extends ContainersForm {
  readonly style: Style;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describePod */
export function describePod(
  { pod, events, deletedSince }: DescribedPod,
  form: DescribeForm,
): string {
  const metadata = objectAt(pod, "metadata") ?? {};
  const spec = objectAt(pod, "spec") ?? {};
  const status = objectAt(pod, "status") ?? {};
  const text = [
    placeText({ metadata, spec, status }, form.time),
    labelsText("Labels", objectAt(metadata, "labels")),
    annotationsText(objectAt(metadata, "annotations")),
    phaseText({ metadata, status }, deletedSince),
    seccompText(objectAt(spec, "securityContext"), 0, 0),
    line(0, `IP:\t${textAt(status, "podIP")}`),
    podIPsText(status),
    controllerText(metadata),
    optional("NominatedNodeName", textAt(status, "nominatedNodeName")),
    podResourcesText(spec),
    allContainersText(spec, status, form),
    readinessGatesText(spec, status),
    conditionsText(status),
    volumesText(spec),
    line(0, `QoS Class:\t${textAt(status, "qosClass")}`),
    labelsText("Node-Selectors", objectAt(spec, "nodeSelector")),
    tolerationsText(spec),
    topologyText(spec),
  ].join("");
  const told = eventsText(events);
  // The table of events is aligned by itself.
  const parts = events.length === 0 ? [text + told] : [text, told];
  return painted(parts.map(finished).join(""), form.style);
}

interface Parts {
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
  readonly status: JsonObject;
}

function placeText({ metadata, spec, status }: Parts, time: DescribeForm["time"]): string {
  const nodeName = textAt(spec, "nodeName");
  const startTime = textAt(status, "startTime");
  return [
    line(0, `Name:\t${textAt(metadata, "name")}`),
    line(0, `Namespace:\t${textAt(metadata, "namespace")}`),
    optional("Priority", textAt(spec, "priority")),
    optional("Priority Class Name", textAt(spec, "priorityClassName")),
    optional("Runtime Class Name", textAt(spec, "runtimeClassName")),
    optional("Service Account", textAt(spec, "serviceAccountName")),
    line(0, `Node:\t${nodeName === "" ? "<none>" : `${nodeName}/${textAt(status, "hostIP")}`}`),
    optional("Start Time", startTime && time(startTime)),
  ].join("");
}

function phaseText({ metadata, status }: Omit<Parts, "spec">, deletedSince?: string): string {
  const phase = textAt(status, "phase");
  const isOver = phase === "Failed" || phase === "Succeeded";
  const lines =
    deletedSince === undefined || isOver
      ? [line(0, `Status:\t${phase}`)]
      : [
          line(0, `Status:\tTerminating (lasts ${deletedSince})`),
          line(
            0,
            `Termination Grace Period:\t${numberText(metadata, "deletionGracePeriodSeconds")}s`,
          ),
        ];
  const why = [
    optional("Reason", textAt(status, "reason")),
    optional("Message", textAt(status, "message")),
  ];
  return [...lines, ...why].join("");
}

function podResourcesText(spec: JsonObject): string {
  const resources = objectAt(spec, "resources");
  return resources === undefined ? "" : line(0, "Resources:") + resourcesText(resources, 1);
}

function allContainersText(spec: JsonObject, status: JsonObject, form: ContainersForm): string {
  const kinds = [
    ["Init Containers", "initContainers", "initContainerStatuses"],
    ["Containers", "containers", "containerStatuses"],
    ["Ephemeral Containers", "ephemeralContainers", "ephemeralContainerStatuses"],
  ] as const;
  return kinds
    .map(([title, key, statuses]) => {
      const containers = objectsAt(spec, key);
      if (containers.length === 0 && key !== "containers") return "";
      return containersText(title, containers, objectsAt(status, statuses), form);
    })
    .join("");
}

function optional(title: string, text: string): string {
  return text === "" ? "" : line(0, `${title}:\t${text}`);
}

/** kubectl writes two characters that a terminal would obey otherwise; what else there is of that kind is written, too. */
function finished(text: string): string {
  const escaped = text.replaceAll("\u001b", "^[").replaceAll("\r", "\\r");
  return tabbed(escaped).split("\n").map(printable).join("\n");
}

function painted(text: string, { bold }: Style): string {
  return text.replace(/^\S[\w -]*:$/gm, (title) => bold(title));
}
