// One core of a sweep: takes a task, runs all of it, says what came of it.

import { parentPort } from 'node:worker_threads';
import { runTask } from './run-task.ts';
import type { Task } from './sweep-sections.ts';

parentPort?.on('message', (task: Task) => {
  void runTask(task).then((result) => parentPort?.postMessage(result));
});
