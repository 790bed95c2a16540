import { en } from './putar.en';
import { id } from './putar.id';
import { pick } from './pick';

export const putar = pick(id, en);
