/** The address of a package's content or player, from its key. */
export function address(room: 'content' | 'play', key: string): string {
  return `/${room}/${key.split('/').map(encodeURIComponent).join('/')}/`;
}
