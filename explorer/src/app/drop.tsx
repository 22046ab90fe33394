/** A place where files are dropped or chosen; they are read in the page, and go nowhere else. */

import { useState } from "preact/hooks";

/** A file that was handed in. */
export interface Handed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The most bytes that are read of one file, as `simulation/text_files.py` has it. */
export const LARGEST_FILE = 16 * 2 ** 20;

interface DropProps {
  readonly name: string;
  readonly label: string;
  /** Ends of names that are offered: `.csv`. */
  readonly accept: string;
  readonly take: (files: readonly Handed[]) => void;
}

export function Drop({ name, label, accept, take }: DropProps) {
  const [over, hover] = useState(false);
  const read = async (files: FileList | null | undefined): Promise<void> => {
    const all = Array.from(files ?? []);
    if (all.length === 0) return;
    take(await Promise.all(all.map(async (file) => ({ name: file.name, bytes: await bytesOf(file) }))));
  };
  return (
    <div
      class={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        hover(true);
      }}
      onDragLeave={() => hover(false)}
      onDrop={(event) => {
        event.preventDefault();
        hover(false);
        void read(event.dataTransfer?.files);
      }}
    >
      <label for={name}>{label}</label>
      <input
        id={name}
        type="file"
        accept={accept}
        multiple
        onChange={(event) => {
          const { currentTarget } = event;
          void read(currentTarget.files).then(() => (currentTarget.value = ""));
        }}
      />
    </div>
  );
}

/** What is read of a file: one byte more than is allowed, so that a larger one is known. */
async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, LARGEST_FILE + 1).arrayBuffer());
}
