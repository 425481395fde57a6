// `secctx images`: the images that lie unpacked in the cache.
import { ImageError } from "../../images/image.ts";
import { importImage } from "../../images/importImage.ts";
import { type CachedLayers, listImages, pruneImages, removeImage } from "../../images/prune.ts";
import { tableText } from "../../report/watchText.ts";
import { asRootOfUserNamespace, isRoot } from "../asRoot.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";

export const imagesCommand: Command = {
  name: "images",
  summary:
    "list the images in the cache (ls), bring one there (import SOURCE [REF]), remove some (rm IMAGE…) or those not in use (prune)",
  arguments: "[ls|import|rm|prune] [image...]",
  options: [
    { flags: "--keep <MiB>", description: "prune: leave the latest used, up to so much" },
    {
      flags: "-o, --output <form>",
      description: "ls: table, or json: one object per image",
      choices: ["text", "json"],
      default: "text",
    },
  ],
  examples: [
    "sudo secctx images",
    "sudo secctx images import docker-archive:app.tar app:1",
    "sudo secctx images rm app:1",
    "sudo secctx images prune",
  ],
  notes:
    "The cache holds at most SECCTX_CACHE_LIMIT (20Gi): the longest unused images leave, never one that a run uses.",
  run,
};

/** Files of an image belong to many ids, which only root may give and take. */
const CHANGES = new Set(["import", "rm", "prune"]);

async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const [what = "ls", ...names] = args;
  if (what === "ls") return list(options);
  if (CHANGES.has(what) && !isRoot()) return asRootOfUserNamespace();
  if (what === "import") return bring(names);
  if (what === "rm") return remove(names);
  if (what === "prune") return prune(options);
  throw new UsageError(`images ${what}: write ls, import, rm or prune`);
}

async function bring([source, name, ...rest]: readonly string[]): Promise<number> {
  if (source === undefined || rest.length > 0) {
    throw new UsageError("images import: write a source, and the name that pods use");
  }
  try {
    const { reference, digest } = await importImage(source, name);
    console.log(`${reference} ${digest}`);
    return 0;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    console.error(`secctx: ${error.message}`);
    return 2;
  }
}

function list(options: OptionValues): number {
  const images = listImages();
  if (options["output"] === "json") for (const image of images) console.log(JSON.stringify(image));
  else
    process.stdout.write(
      tableText(["IMAGE", "ID", "SIZE", "LAST USED", "IN USE"], images.flatMap(rowsOf)),
    );
  return 0;
}

function rowsOf({ chain, images, size, lastUsed, inUse }: CachedLayers): string[][] {
  const row = (source: string, id: string, used: number): string[] => {
    const time = new Date(used).toISOString().slice(0, 16).replace("T", " ");
    return [source, short(id), sizeText(size), time, inUse ? "yes" : "no"];
  };
  if (images.length === 0) return [row("<none>", chain, lastUsed)];
  return images.map((image) => row(image.source, image.digest, image.lastUsed));
}

/** 1 when one of them is in use. */
function remove(names: readonly string[]): number {
  if (names.length === 0) throw new UsageError("images rm: name an image or its id");
  let code = 0;
  for (const name of names) {
    if (removeImage(name)) console.log(`removed ${name}`);
    else {
      console.error(`secctx: ${name} is in use`);
      code = 1;
    }
  }
  return code;
}

function prune(options: OptionValues): number {
  const keep = Number(options["keep"] ?? 0);
  if (!Number.isFinite(keep) || keep < 0) throw new UsageError("--keep: write a number of MiB");
  const removed = pruneImages(keep * 1024 * 1024);
  const size = removed.reduce((sum, image) => sum + image.size, 0);
  for (const { chain, images } of removed) {
    console.log(`removed ${images[0]?.source ?? short(chain)}`);
  }
  console.log(removed.length === 0 ? "nothing to remove" : `${sizeText(size)} freed`);
  return 0;
}

function short(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, 12);
}

function sizeText(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
