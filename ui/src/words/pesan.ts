import { en } from './pesan.en';
import { id } from './pesan.id';
import { pick } from './pick';

export const pesan = pick(id, en);
