// SPDX-License-Identifier: EUPL-1.2
// The exports of src/ddas/wasm.c as a reader of files. One reader reads one whole: all files that are given to it.

// The order of enum ddas_count in ddas.h.
const COUNTS = ['errors', 'warnings', 'trajectories', 'merged', 'signals', 'cases', 'bytes', 'rounds'];

/** A reader over the module at ADDRESS, or over its bytes. */
export async function openReader(address) {
  const pieces = [];
  const decoder = new TextDecoder();
  let wasm;
  const imports = { env: { write: (at, n) => pieces.push(decoder.decode(new Uint8Array(wasm.memory.buffer, at, n))) } };
  const source = typeof address === 'string' ? await (await fetch(address)).arrayBuffer() : address;
  const { instance } = await WebAssembly.instantiate(source, imports);
  wasm = instance.exports;
  const at = wasm.chunk_at();
  const size = wasm.chunk_size();
  const chunk = new Uint8Array(wasm.memory.buffer, at, size);
  const text = (n) => decoder.decode(chunk.subarray(0, n)).split('\t');

  function counts() {
    return Object.fromEntries(COUNTS.map((name, i) => [name, wasm.count(i)]));
  }

  /** Reads one file, two megabytes at a time, so that the page stays at hand. The next piece is on its way meanwhile. */
  async function readFile(file, progress, isOld) {
    const piece = (from) => file.slice(from, from + size).arrayBuffer();
    wasm.begin();
    let next = piece(0);
    for (let from = 0; from < file.size && !isOld(); from += size) {
      const bytes = new Uint8Array(await next);
      next = piece(from + size);
      chunk.set(bytes);
      wasm.push(bytes.length);
      progress(bytes.length);
    }
    wasm.end();
  }

  return {
    /** Reads FILES, as often as it takes, and tells PROGRESS the share and which time it is; false when ISOLD said that nobody waits any more. */
    async read(files, progress = () => {}, isOld = () => false) {
      const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
      wasm.start(...crypto.getRandomValues(new Uint32Array(4)));
      let round = 0;
      do {
        let seen = 0;
        round += 1;
        for (const file of files) await readFile(file, (n) => progress((seen += n) / total, round), isOld);
        if (isOld()) return false;
      } while (wasm.round_end());
      return true;
    },
    counts,
    mistakes(soft) {
      const found = [];
      for (let i = 0, n; (n = wasm.mistake_text(soft ? 1 : 0, i)) > 0; i++) {
        const [file, line, offset, path, reason] = text(n);
        found.push({ file: Number(file), line: Number(line), offset: Number(offset), path, reason });
      }
      return found;
    },
    kinds(soft) {
      const found = [];
      for (let i = 0, n; (n = wasm.kind_text(i)) > 0; i++) {
        const [isSoft, times, name] = text(n);
        if ((isSoft === '1') === soft && times !== '0') found.push({ times: Number(times), name });
      }
      return found;
    },
    csv() {
      pieces.length = 0;
      wasm.csv();
      return pieces.join('');
    },
  };
}
