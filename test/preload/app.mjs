// The program as an ES module.
import dgram from 'node:dgram';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import express from 'express';
import fastify from 'fastify';
import pg from 'pg';
import * as ws from 'ws';
import body from './body.cjs';

await body({ dgram, express, fastify, http, http2, https, net, pg, tls, ws });
