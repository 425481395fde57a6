// Devices: the usual ones for everybody, those that the request names, and every device of the host for privileged containers.
// @see moby v28.5.2 daemon/oci_linux.go WithDevices; oci/devices_linux.go DevicesFromPath; oci/oci.go AppendDevicePermissionsFromCgroupRules
import type { JsonObject } from "../model/json.ts";
import type { OciDevice, OciDeviceCgroup } from "../model/oci.ts";
import type { Facts } from "./facts.ts";
import { type CreateRequest, text } from "./request.ts";
import type { SpecOpt } from "./specDraft.ts";

const ALL_DEVICES: readonly OciDeviceCgroup[] = [{ allow: true, access: "rwm" }];

export function withDevices(request: CreateRequest, facts: Facts): SpecOpt {
  return ({ linux }) => {
    const asked = request.privileged
      ? privilegedDevices(request, facts)
      : requestedDevices(request, linux.deviceRules, facts);
    if (asked.error !== undefined) return asked.error;
    linux.devices = asked.devices;
    linux.deviceRules = facts.release.repeatsDeviceRules
      ? [...linux.deviceRules, ...asked.rules]
      : asked.rules;
    return undefined;
  };
}

type Asked =
  | {
      readonly devices: readonly OciDevice[];
      readonly rules: readonly OciDeviceCgroup[];
      readonly error?: undefined;
    }
  | { readonly error: string };

function privilegedDevices({ devices }: CreateRequest, facts: Facts): Asked {
  const renamed = devices.filter(
    (mapping) => text(mapping["PathOnHost"]) !== text(mapping["PathInContainer"]),
  );
  return {
    devices: [...hostDevices(facts), ...renamed.flatMap((mapping) => devicesAt(mapping, facts))],
    rules: ALL_DEVICES,
  };
}

function requestedDevices(
  { devices, deviceCgroupRules }: CreateRequest,
  before: readonly OciDeviceCgroup[],
  facts: Facts,
): Asked {
  const made: OciDevice[] = [];
  const rules = [...before];
  for (const mapping of devices) {
    const access = text(mapping["CgroupPermissions"]);
    for (const device of devicesAt(mapping, facts)) {
      const { type, major = 0, minor = 0 } = device;
      made.push(device);
      rules.push({ allow: true, type, major, minor, ...(access === "" ? {} : { access }) });
    }
  }
  for (const written of deviceCgroupRules) {
    const match = /^([acb]) ([0-9]+|\*):([0-9]+|\*) ([rwm]{1,3})$/.exec(written);
    if (match === null) return { error: `invalid device cgroup rule format: '${written}'` };
    const [, type = "", major = "", minor = "", access = ""] = match;
    rules.push({ allow: true, type, major: toNumber(major), minor: toNumber(minor), access });
  }
  return { devices: made, rules };
}

function toNumber(written: string): number {
  return written === "*" ? -1 : Number(written);
}

function hostDevices({ world, unknown }: Facts): readonly OciDevice[] {
  const { devices } = world.node;
  if (devices === undefined) unknown.add("node.devices");
  return (devices ?? []) as unknown as readonly OciDevice[];
}

/** One device, or all that are in a folder. What the world does not know of is left out, and marked. */
function devicesAt(mapping: JsonObject, facts: Facts): OciDevice[] {
  const onHost = text(mapping["PathOnHost"]);
  const inContainer = text(mapping["PathInContainer"]);
  const found = hostDevices(facts)
    .filter(({ path }) => path === onHost || path.startsWith(`${onHost}/`))
    .map((device) => ({ ...device, path: inContainer + device.path.slice(onHost.length) }));
  if (found.length === 0) facts.unknown.add("node.devices");
  return found;
}
