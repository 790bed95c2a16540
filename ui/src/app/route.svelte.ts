// Where we are. Links inside the app change the page without a reload, so a call's sound never stops for it.

class Route {
  path = $state(location.pathname);

  go(path: string): void {
    if (path === this.path) return;
    history.pushState(null, '', path);
    this.path = location.pathname;
  }

  start(): () => void {
    const back = () => (this.path = location.pathname);
    const click = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = (event.target as Element | null)?.closest?.('a[data-inside]');
      const path = link?.getAttribute('href');
      if (!path) return;
      event.preventDefault();
      this.go(path);
    };
    window.addEventListener('popstate', back);
    document.addEventListener('click', click);
    return () => {
      window.removeEventListener('popstate', back);
      document.removeEventListener('click', click);
    };
  }
}

export const route = new Route();
