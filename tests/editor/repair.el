;;; repair.el --- Run a plan, take the fix of its failure, run it again, save  -*- lexical-binding: t -*-

;; What the documentation tells users to put into their init file is what is loaded.  Emacs runs
;; without a screen and so without a command loop: what that does between keys is done here.

(require 'eglot)
(require 'flymake)
(require 'json)

(defvar journey (json-parse-string (getenv "CODEACT_JOURNEY") :object-type 'plist))
(defvar report nil "What is reported: pairs of a name and a value.")

(defun report (name value)
  (push (cons name value) report))

(defun await (what found)
  "Wait until FOUND returns something, and return that; WHAT is waited for."
  (let ((end (+ (float-time) 60)) result)
    (while (not (setq result (funcall found)))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.02))
    result))

(defun errors ()
  "The errors of the buffer: what each says, and the text that it is about."
  (mapcar (lambda (each)
            (list (flymake-diagnostic-text each)
                  (buffer-substring-no-properties (flymake-diagnostic-beg each)
                                                  (flymake-diagnostic-end each))))
          (seq-filter (lambda (each) (eq (flymake-diagnostic-type each) 'eglot-error))
                      (flymake-diagnostics))))

(defun fix ()
  "The quick fix that was run, of the first error, once it is offered."
  (let ((bad (car (flymake-diagnostics))))
    (await "the fix"
           (lambda ()
             (seq-find (lambda (action) (string-match-p ": runs" (plist-get action :title)))
                       (eglot-code-actions (flymake-diagnostic-beg bad)
                                           (flymake-diagnostic-end bad)))))))

(defun run-plan ()
  "Run the plan with the command of the documentation, and return what it says of the end."
  (let (said)
    (cl-letf (((symbol-function 'message)
               (lambda (form &rest args)
                 (when (string-prefix-p "codeact: " form) (setq said (apply #'format form args))))))
      (codeact-run-plan)
      (await "the end of the run" (lambda () said)))))

(defun play ()
  (load (plist-get journey :setup) nil t)
  (find-file (plist-get journey :plan))
  (run-hooks 'post-command-hook)         ; eglot-ensure waits for the first command
  (await "the server" #'eglot-current-server)
  (flymake-start)
  (report "mode" (symbol-name major-mode))
  (report "first run" (run-plan))
  (await "an error" #'errors)
  (report "failure" (vconcat (car (errors))))
  (let ((fix (fix)))
    (report "fix" (plist-get fix :title))
    (eglot--apply-workspace-edit (plist-get fix :edit)))
  (eglot--signal-textDocument/didChange) ; an idle timer would
  (report "second run" (run-plan))
  (await "the error to go" (lambda () (null (errors))))
  (let ((server (eglot-current-server)))
    (save-buffer)
    (eglot-shutdown server)))

(unwind-protect
    (condition-case problem
        (play)
      (error (report "error" (error-message-string problem))))
  (with-temp-file (plist-get journey :report)
    (insert (json-encode report))))
