// Server-sent events by hand: unlike EventSource it sees the keep-alive comments, so the page knows how old its data is.

export interface ServerEvent {
  event: string;
  data: string;
}

/** Cuts a stream of text into events. Feed it pieces as they come; it answers with what is complete. */
export class EventCutter {
  #rest = '';

  feed(piece: string): ServerEvent[] {
    const blocks = (this.#rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.map(readBlock).filter((event) => event !== null);
  }
}

function readBlock(block: string): ServerEvent | null {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
  }
  return data.length === 0 ? null : { event, data: data.join('\n') };
}

/** How long to wait before try `attempt` (from 0): doubling to 10 s, with jitter so that consoles do not return in step. */
export function backoffMs(attempt: number, dice: number): number {
  const step = Math.min(10_000, 500 * 2 ** Math.min(attempt, 8));
  return step / 2 + (step / 2) * dice;
}
