/** The two dashboards that host the widgets; each hands messages in and takes commands out in its own way. */
import { link, type PageMessage } from './link.js';
import { measureChrome, showPage } from './page-style.js';

/** Angular scope of a `ui_template` of node-red-dashboard. */
interface TemplateScope {
  send(message: PageMessage & { readonly page: string }): void;
  $watch(expression: string, changed: (message: unknown) => void): void;
  $on(event: '$destroy', gone: () => void): void;
}

/** Vue component of a `ui-template` of @flowfuse/node-red-dashboard. */
interface TemplateComponent {
  send(message: PageMessage & { readonly page: string }): void;
  $watch(expression: string, changed: (message: unknown) => void): void;
}

/** @param page comes back with each answer, for the flow to hand it to this page alone */
export function dashboard1(scope: TemplateScope, page: string): void {
  showPage();
  requestAnimationFrame(measureChrome);
  scope.$watch('msg', (message) => link.receive(message));
  scope.$on(
    '$destroy',
    link.attach((message) => scope.send({ ...message, page })),
  );
}

/** As `dashboard1`. @returns the way to leave, to be called when the component is unmounted */
export function dashboard2(component: TemplateComponent, page: string): () => void {
  showPage();
  requestAnimationFrame(measureChrome);
  component.$watch('msg', (message) => link.receive(message));
  return link.attach((message) => component.send({ ...message, page }));
}

/**
 * A page of your own, without a dashboard: each question goes to `url` as JSON, where an `http in` hands it to
 * strand-config's feed, and the answer comes back the same way. @returns the way to leave
 */
export function plainPage(url: string, page: string): () => void {
  showPage();
  requestAnimationFrame(measureChrome);
  return link.attach((message) => {
    const headers = { 'Content-Type': 'application/json' };
    fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...message, page }) })
      .then((answer) => answer.json())
      .then((answer) => link.receive(answer))
      .catch(() => undefined); // the bar tells that nothing comes
  });
}
