# StrandWatch with its reference flow on the Debian-based Node-RED image (onnxruntime's native library needs glibc).
FROM nodered/node-red:5.0.4-debian AS build
USER root
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm pack --pack-destination /build/out

FROM nodered/node-red:5.0.4-debian
WORKDIR /usr/src/node-red
COPY --from=build --chown=node-red:root /build/out/*.tgz /opt/strandwatch.tgz
# The palette goes where Node-RED itself is installed; /data stays free for the user's volume.
RUN npm install --no-audit --no-fund --onnxruntime-node-install=skip \
    /opt/strandwatch.tgz node-red-dashboard@3 @flowfuse/node-red-dashboard@1 \
  && rm /opt/strandwatch.tgz
# Two arenas of malloc: one per thread makes memory creep up in steps (docs/performance.md).
ENV STRANDWATCH_HOST=0.0.0.0 MALLOC_ARENA_MAX=2
USER node-red
EXPOSE 1880
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:1880/strandwatch/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "node_modules/@strandwatch/node-red-strandwatch/dist/flows/start.js", "--user-dir", "/data"]
