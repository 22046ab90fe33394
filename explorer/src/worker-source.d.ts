/** The bundled script of `engine/worker.ts`, put in by build.mjs. */
declare module "worker-source" {
  const source: string;
  export default source;
}
