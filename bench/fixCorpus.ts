// Prints how many pods of the corpus reach each level before and after `fix`, with and without a uid for root programs.
import { fixedCorpus, hasCorpus, NO_SHARE, shareText, withFile } from "../test/fixCorpus.ts";

if (!hasCorpus) {
  console.error("no corpus here");
  process.exit(2);
}
for (const level of ["baseline", "restricted"] as const) {
  for (const runAsUser of [{}, { all: 1000 }]) {
    let share = NO_SHARE;
    for (const { fixed } of fixedCorpus({ level, runAsUser }))
      share = withFile(share, fixed, level);
    const how = "all" in runAsUser ? `${level} --run-as-user 1000` : level;
    console.log(shareText(how, share));
  }
}
