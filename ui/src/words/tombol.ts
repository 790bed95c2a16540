import { en } from './tombol.en';
import { id } from './tombol.id';
import { pick } from './pick';

export const tombol = pick(id, en);
