/** The browser's clock and timers, in one place. */
export const monoNow = (): number => performance.now();

export function every(ms: number, act: () => void): () => void {
  const handle = setInterval(act, ms);
  return () => clearInterval(handle);
}

export function after(ms: number, act: () => void): () => void {
  const handle = setTimeout(act, ms);
  return () => clearTimeout(handle);
}
