// Names of pods and containers become names of folders here, so only those that the API server lets through may pass.
import { containersOf, type Pod } from "../core/model/pod.ts";
import { goQuote } from "../core/rules/goText.ts";
import { EngineError } from "../node/errors.ts";

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * The rooms judge what bears on security; names do not, but here they must hold.
 * @throws EngineError
 */
export function checkNames(pod: Pod): void {
  const { name = "" } = pod.metadata ?? {};
  if (!SUBDOMAIN.test(name) || name.includes("..")) {
    throw new EngineError(`${goQuote(name)} is no name of a pod: it must be a DNS subdomain`);
  }
  for (const { container } of containersOf(pod.spec)) {
    if (LABEL.test(container.name)) continue;
    throw new EngineError(
      `${goQuote(container.name)} is no name of a container: it must be a DNS label`,
    );
  }
}
