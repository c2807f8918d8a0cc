/** Hands a file to the browser's user; nothing leaves the machine. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

/** Every large chart of the page in one picture, one below the other. */
export async function chartsPicture(background: string): Promise<Blob | null> {
  const canvases = [...document.querySelectorAll('.sw-page > *')].flatMap((widget) => [
    ...(widget.shadowRoot?.querySelectorAll<HTMLCanvasElement>('.uplot canvas') ?? []),
  ]);
  if (canvases.length === 0) return null;
  const picture = document.createElement('canvas');
  picture.width = Math.max(...canvases.map(({ width }) => width));
  picture.height = canvases.reduce((sum, { height }) => sum + height, 0);
  const pen = picture.getContext('2d')!;
  pen.fillStyle = background;
  pen.fillRect(0, 0, picture.width, picture.height);
  let top = 0;
  for (const canvas of canvases) {
    pen.drawImage(canvas, 0, top);
    top += canvas.height;
  }
  return new Promise((resolve) => picture.toBlob(resolve, 'image/png'));
}
