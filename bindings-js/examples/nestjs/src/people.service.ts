import { Injectable } from "@nestjs/common";
import type { Person } from "twenty-webhook";

@Injectable()
export class PeopleService {
  update(action: string, person: Person): void {
    console.log(`handled person.${action} ${person.id}`);
  }
}
