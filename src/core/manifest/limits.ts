// How much a manifest may hold: the bytes of a document as the API server takes them, the rest so that no text costs more than it.

const MIB = 1024 * 1024;
export const MAX_DOCUMENT_BYTES: number = 3 * MIB;
export const MAX_BYTES: number = 32 * MIB;
/** Collections inside each other: no Kubernetes object comes near, and every room may walk it. */
export const MAX_DEPTH = 500;
/** In one text. */
export const MAX_VALUES = 2_000_000;
/** No manifest packs its values closer; a hostile one would cost a hundred times its size. */
export const BYTES_PER_VALUE = 8;
export const FEW_VALUES = 10_000;
export const MAX_DOCUMENTS = 100_000;
/** Values of documents whose tree is kept for the source map; others are read again when it is asked. */
export const KEPT_VALUES = 200_000;
