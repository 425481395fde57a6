// Writes schema/config.schema.json from src/cli/config/configSchema.ts, for editors.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CONFIG_SCHEMA } from "../../src/cli/config/configSchema.ts";

const file = fileURLToPath(new URL("../../schema/config.schema.json", import.meta.url));
writeFileSync(file, `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`);
