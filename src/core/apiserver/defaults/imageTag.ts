// The tag of an image reference, which decides the default imagePullPolicy.
// @see kubernetes v1.37.2 pkg/util/parsers/parsers.go ParseImageName

const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const DOMAIN_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const REFERENCE = new RegExp(
  `^(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*(?::(\\w[\\w.-]{0,127}))?(@${DIGEST})?$`,
);

/** `Always` for the tag latest, said or implied; a reference that cannot be read counts as having another tag. */
export function defaultPullPolicy(image: string): "Always" | "IfNotPresent" {
  const match = REFERENCE.exec(image);
  if (match === null) return "IfNotPresent";
  const [, tag, digest] = match;
  const latest = tag === "latest" || (tag === undefined && digest === undefined);
  return latest ? "Always" : "IfNotPresent";
}
