/**
 * Parameters and results that many methods share.
 *
 * @module
 */
import * as z from "zod/mini";
import { hex32 } from "../shapes.ts";

/** No parameters; an empty object may be given. */
export const none = z.optional(z.object({}));
/** Done; nothing else to say. */
export const ok = z.object({ ok: z.literal(true) });
/** One block by its id. */
export const blockRef = z.object({ block: hex32 });
