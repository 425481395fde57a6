// The acceptance cases on the OCI runtime engine.
import { engineSuite } from "../engines.ts";
import { cannotRun } from "../run/run.ts";

engineSuite("oci", { skip: cannotRun() });
