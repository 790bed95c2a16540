import { en } from './tanda.en';
import { id } from './tanda.id';
import { pick } from './pick';

export const tanda = pick(id, en);
