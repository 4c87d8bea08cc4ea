// The file from which WinSW, a free service wrapper, runs Goniec as a Windows service: Node can not speak to Windows' service control.

import { win32 } from 'node:path';
import type { ServiceFacts } from './service-facts.ts';

const STOP_MARGIN_S = 15;

/** Beside the configuration; WinSW must lie there under the same name, ending in `.exe`. */
export function wrapperPath({ configuration, name }: Pick<ServiceFacts, 'configuration' | 'name'>): string {
  return win32.join(win32.dirname(configuration), 'service', `${name}.xml`);
}

/** WinSW version 2 and 3. A stop is Ctrl+C, which ends the daemon as on a terminal. */
export function windowsWrapper(facts: ServiceFacts): string {
  const { configuration, main, name, node, nodeFlags, stopWithinMs } = facts;
  const args = [...nodeFlags, main, 'start', '--config', configuration].map(argument).join(' ');
  return `<!-- Made by "goniec service install". WinSW beside it, named ${name}.exe, runs it as a service. -->
<service>
  <id>${name}</id>
  <name>Goniec (${name})</name>
  <description>Carries payment files from the ERP to the bank.</description>
  <executable>${escaped(node)}</executable>
  <arguments>${escaped(args)}</arguments>
  <workingdirectory>${escaped(win32.dirname(configuration))}</workingdirectory>
  <startmode>Automatic</startmode>
  <delayedAutoStart>true</delayedAutoStart>
  <!-- Windows does not tell a refused start from a crash: it is tried again, at last every five minutes, and says why in the log. -->
  <onfailure action="restart" delay="5 sec"/>
  <onfailure action="restart" delay="1 min"/>
  <onfailure action="restart" delay="5 min"/>
  <resetfailure>1 hour</resetfailure>
  <!-- Longer than stopWithin: what is being sent may finish, or is broken off at a known point. -->
  <stoptimeout>${Math.ceil(stopWithinMs / 1000) + STOP_MARGIN_S} sec</stoptimeout>
  <log mode="roll-by-size">
    <sizeThreshold>10240</sizeThreshold>
    <keepFiles>8</keepFiles>
  </log>
</service>
`;
}

/** What is left to a person, who needs an elevated prompt for it. */
export function windowsSteps(facts: ServiceFacts): string {
  const xml = wrapperPath(facts);
  const exe = xml.replace(/\.xml$/, '.exe');
  const account = `NT SERVICE\\${facts.name}`;
  return [
    `1. Download WinSW (github.com/winsw/winsw, WinSW-x64.exe) and save it as\n     ${exe}`,
    `2. In a command prompt, as administrator:\n     "${exe}" install\n     sc config ${facts.name} obj= "${account}"`,
    `3. Give that account its folders, and the keys to nobody else:\n${[
      ...facts.writable.map((path) => `     icacls "${path}" /grant "${account}:(OI)(CI)M"`),
      ...facts.secrets.map(
        (path) => `     icacls "${path}" /inheritance:r /grant "${account}:R" "Administrators:F"`,
      ),
    ].join('\n')}`,
    `4. Start it:\n     sc start ${facts.name}`,
  ].join('\n');
}

/** One argument as Windows programs take their command line apart. */
function argument(text: string): string {
  return /[\s"]/.test(text) ? `"${text}"` : text;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
